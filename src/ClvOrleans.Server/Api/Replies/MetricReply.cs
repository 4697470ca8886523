using ClvOrleans.Policies.Experiments;

namespace ClvOrleans.Server.Api.Replies;

/// <summary>A metric of an arm, compared with the control.</summary>
/// <param name="Metric">The metric.</param>
/// <param name="Control">Its mean in the control.</param>
/// <param name="Treated">Its mean in the arm.</param>
/// <param name="AnyTime">The effect by a confidence sequence, which may be looked at as often as one likes.</param>
/// <param name="Once">The effect by one look; null before the look is due.</param>
/// <param name="Adjusted">The same after CUPED; null before the look is due, and where the covariate does not vary.</param>
/// <param name="VarianceReduction">By what part CUPED has lowered the variance, measured on these data.</param>
/// <param name="Theta">CUPED's θ.</param>
/// <param name="Superiority">
/// P(treated &gt; control) + ½ P(equal) by Mann and Whitney; null of proportions, and before the look is due.
/// </param>
/// <param name="RankPValue">The p-value of the ranks.</param>
/// <param name="Problem">Why there is no effect; null where there is.</param>
internal sealed record MetricReply(
    Metric Metric, double? Control, double? Treated, EffectReply? AnyTime, EffectReply? Once, EffectReply? Adjusted,
    double? VarianceReduction, double? Theta, double? Superiority, double? RankPValue, string? Problem)
{
    /// <summary>The reply of a reading.</summary>
    public static MetricReply Of(MetricReading reading) => new(
        reading.Metric, reading.Control, reading.Treated, EffectReply.Of(reading.AnyTime), EffectReply.Of(reading.Once),
        EffectReply.Of(reading.Adjusted), reading.Cuped?.VarianceReduction, reading.Cuped?.Theta, reading.Ranks?.Superiority,
        reading.Ranks?.PValue, reading.Problem);
}
