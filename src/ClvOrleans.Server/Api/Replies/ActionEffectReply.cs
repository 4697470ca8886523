using ClvOrleans.Policies.Experiments;

namespace ClvOrleans.Server.Api.Replies;

/// <summary>What one action of a policy did.</summary>
/// <param name="Action">Its place in the flow, channel and topic.</param>
/// <param name="Treated">Customers who reached it and got it, and whose window is over.</param>
/// <param name="HeldOut">Customers who reached it and were held out from it on; their window is over.</param>
/// <param name="Margin">Incremental margin of the action alone for each treated customer, later ones withheld.</param>
/// <param name="WithLater">The same with all that followed it.</param>
/// <param name="Expected">What is expected of it from now on.</param>
/// <param name="Problem">Why it is not measured; null where it is.</param>
internal sealed record ActionEffectReply(
    string Action, long Treated, long HeldOut, EffectReply? Margin, EffectReply? WithLater, PolicyEffect Expected, string? Problem)
{
    /// <summary>The reply of a reading.</summary>
    public static ActionEffectReply Of(ActionEffectReading reading) => new(
        reading.Action, reading.Treated, reading.HeldOut, EffectReply.Of(reading.Margin), EffectReply.Of(reading.WithLater), reading.Effect,
        reading.Problem);
}
