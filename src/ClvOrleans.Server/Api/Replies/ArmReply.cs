using ClvOrleans.Policies.Experiments;

namespace ClvOrleans.Server.Api.Replies;

/// <summary>An arm, compared with the control.</summary>
/// <param name="Arm">The arm.</param>
/// <param name="Verdict">What the stop rule says.</param>
/// <param name="Primary">The metric that decides.</param>
/// <param name="Guardrails">The guardrails.</param>
/// <param name="Segments">The effect by segment, when the one look is due.</param>
/// <param name="Comparisons">How many segments were compared: so many chances to find something by chance.</param>
/// <param name="HeterogeneityPValue">Probability of such differences between segments if there are none.</param>
/// <param name="Rollout">Whether treating everybody pays; null of metrics that are no amount, and before the look is due.</param>
internal sealed record ArmReply(
    string Arm, Verdict Verdict, MetricReply Primary, IReadOnlyList<GuardrailReply> Guardrails, IReadOnlyList<SegmentEffectReply>? Segments,
    int Comparisons, double? HeterogeneityPValue, RolloutReply? Rollout)
{
    /// <summary>The reply of a reading.</summary>
    public static ArmReply Of(ArmReading reading) => new(
        reading.Arm,
        reading.Verdict,
        MetricReply.Of(reading.Primary),
        [.. reading.Guardrails.Select(g => new GuardrailReply(g.MostHarm, g.Standing, MetricReply.Of(g.Reading)))],
        reading.Segments is { } segments
            ? [.. segments.Segments.Select(s => new SegmentEffectReply(s.Segment, EffectReply.Of(s.Effect)!, s.Holm, s.BenjaminiHochberg))]
            : null,
        reading.Segments?.Segments.Length ?? 0,
        reading.Segments is { Segments.Length: > 1 } found ? found.HeterogeneityPValue : null,
        reading.Rollout is { } rollout
            ? new RolloutReply(rollout.Treat, rollout.Mean, rollout.Deviation, rollout.ProbabilityOfLoss, rollout.PerfectInformation)
            : null);
}
