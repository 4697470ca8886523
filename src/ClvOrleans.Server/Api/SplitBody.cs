using ClvOrleans.Statistics.Experiments;

namespace ClvOrleans.Server.Api;

/// <summary>Other shares for the arms of an experiment.</summary>
/// <param name="Arms">All arms with their new shares, which add up to 1; those who were exposed keep their arm.</param>
internal sealed record SplitBody(IReadOnlyList<ArmShare>? Arms);
