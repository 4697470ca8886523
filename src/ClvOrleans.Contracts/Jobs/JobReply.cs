using System.Collections.Immutable;
using ClvOrleans.Valuation.Jobs;
using ClvOrleans.Valuation.Trainings;

namespace ClvOrleans.Contracts.Jobs;

/// <summary>A job, and its log while it runs.</summary>
[Immutable, GenerateSerializer, Alias("clv.job")]
public sealed record JobReply([property: Id(0)] JobRecord Job, [property: Id(1)] ImmutableArray<LogLine> Log);
