using ClvOrleans.Policies.Experiments;

namespace ClvOrleans.Server.Api.Replies;

/// <summary>What a policy did, against its own holdout.</summary>
/// <param name="Subject">policy/ID.</param>
/// <param name="At">When it was read.</param>
/// <param name="Treated">Customers for whom it acted, and whose window is over.</param>
/// <param name="HeldOut">Customers who were held out, and whose window is over.</param>
/// <param name="InTwoArms">Customers who are both, by a merge of identities: left out.</param>
/// <param name="Open">Customers whose window is open.</param>
/// <param name="Cost">What the actions for the treated cost.</param>
/// <param name="IncrementalMargin">
/// Estimate of the margin that it brought of all treated, the cost not taken off; null while unknown.
/// </param>
/// <param name="SampleRatioPValue">The p-value of the check of the sizes; null where the holdout is not known.</param>
/// <param name="Margin">Incremental margin for each treated customer.</param>
/// <param name="AnyTime">The same by a confidence sequence.</param>
/// <param name="Expected">What is expected from now on: the assumption, updated by the measurement.</param>
/// <param name="Problem">Why it is not measured; null where it is.</param>
internal sealed record PolicyEffectReply(
    string Subject, DateTimeOffset At, long Treated, long HeldOut, long InTwoArms, long Open, double Cost, double? IncrementalMargin,
    double? SampleRatioPValue, EffectReply? Margin, EffectReply? AnyTime, PolicyEffect Expected, string? Problem)
{
    /// <summary>The reply of a reading.</summary>
    public static PolicyEffectReply Of(PolicyEffectReading reading) => new(
        reading.Subject, reading.At, reading.Treated, reading.HeldOut, reading.InTwoArms, reading.Open, reading.Cost,
        reading.Margin?.Estimate * reading.Treated, reading.SampleRatio?.PValue, EffectReply.Of(reading.Margin),
            EffectReply.Of(reading.AnyTime),
        reading.Effect, reading.Problem);
}
