using ClvOrleans.Statistics.Experiments;

namespace ClvOrleans.Policies.Experiments;

/// <summary>One metric of an arm, compared with the control.</summary>
/// <param name="Metric">The metric.</param>
/// <param name="Control">Its mean in the control; null without matured units.</param>
/// <param name="Treated">Its mean in the arm; null without matured units.</param>
/// <param name="AnyTime">
/// The effect by a confidence sequence: exact beta-binomial mixtures for a proportion, asymptotic for a mean, CUPED where it helps. It may
/// be looked at as often as one likes. Null where the data cannot answer.
/// </param>
/// <param name="Once">
/// The effect by one look: two proportions, or Welch's test. Null before the planned units have matured, or the experiment has been stopped
/// and all windows are over: to look at it earlier would find effects that are not there.
/// </param>
/// <param name="Ranks">
/// Mann and Whitney's test of a mean, with <paramref name="Once"/>: whether a few large values made the difference.
/// </param>
/// <param name="Cuped">The adjustment by the margin that was predicted at exposure, with its measured reduction.</param>
/// <param name="Adjusted">The effect by one look after the adjustment, with <paramref name="Once"/>.</param>
/// <param name="Problem">Why there is no effect; null where there is.</param>
public sealed record MetricReading(
    Metric Metric, double? Control, double? Treated, AnytimeEffect? AnyTime, Effect? Once, RankEffect? Ranks, CupedAdjustment? Cuped,
    Effect? Adjusted, string? Problem);
