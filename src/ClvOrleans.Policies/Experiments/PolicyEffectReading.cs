using System.Collections.Immutable;
using ClvOrleans.Statistics.Experiments;

namespace ClvOrleans.Policies.Experiments;

/// <summary>What a policy did, against its own holdout.</summary>
/// <param name="Subject"><c>policy/ID</c>.</param>
/// <param name="At">When it was read.</param>
/// <param name="Treated">Customers for whom it acted, and whose window is over.</param>
/// <param name="HeldOut">Customers who were held out, and whose window is over.</param>
/// <param name="InTwoArms">Customers who are both, by a merge of identities: left out.</param>
/// <param name="Open">Customers whose window is open.</param>
/// <param name="Cost">What the actions for the treated cost, in whole units of the currency.</param>
/// <param name="SampleRatio">The check of the sizes against the holdout's share; null before the first decision.</param>
/// <param name="Margin">
/// Incremental margin for each treated customer, in whole units of the currency: margin of the window and predicted margin at its end, by
/// Welch's test after CUPED; null while it cannot be told.
/// </param>
/// <param name="AnyTime">The same by a confidence sequence, which may be looked at every day.</param>
/// <param name="Effect">
/// What is expected from now on: the assumption, updated by the measurement as far as each of them is known.
/// </param>
/// <param name="Problem">Why it is not measured; null where it is.</param>
public sealed record PolicyEffectReading(
    string Subject, DateTimeOffset At, long Treated, long HeldOut, long InTwoArms, long Open, double Cost, SampleRatioCheck? SampleRatio,
        Effect? Margin,
    AnytimeEffect? AnyTime, PolicyEffect Effect, string? Problem)
{
    /// <summary>The arm of those for whom a policy acted.</summary>
    public const string ActedArm = "acted";

    /// <summary>The arm of those who were held out.</summary>
    public const string HeldOutArm = "held-out";
}
