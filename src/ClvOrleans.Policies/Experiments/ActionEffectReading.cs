using ClvOrleans.Statistics.Experiments;

namespace ClvOrleans.Policies.Experiments;

/// <summary>What one action of a policy with several did, against those who were held out from it on.</summary>
/// <param name="Action">The action, as in <see cref="Exposure.Action"/>.</param>
/// <param name="Treated">Customers who reached it and got it, and whose window is over.</param>
/// <param name="HeldOut">Customers who reached it, had got all before it, and were held out from it on; their window is over.</param>
/// <param name="Margin">
/// Incremental margin of the action alone, the later ones withheld, for each treated customer; null while it cannot be told.
/// </param>
/// <param name="WithLater">The same with all that followed it: intention to treat; null while it cannot be told.</param>
/// <param name="Effect">What is expected of the action from now on.</param>
/// <param name="Problem">Why it is not measured; null where it is.</param>
public sealed record ActionEffectReading(
    string Action, long Treated, long HeldOut, Effect? Margin, Effect? WithLater, PolicyEffect Effect, string? Problem);
