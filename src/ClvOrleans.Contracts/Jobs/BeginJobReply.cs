using ClvOrleans.Valuation.Jobs;

namespace ClvOrleans.Contracts.Jobs;

/// <summary>The job that was begun or waits; or the one in whose way it would be, and nothing was begun.</summary>
[Immutable, GenerateSerializer, Alias("clv.beganjob")]
public sealed record BeginJobReply([property: Id(0)] JobRecord Job, [property: Id(1)] bool IsBusy = false);
