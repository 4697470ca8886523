namespace ClvOrleans.Policies;

/// <summary>The draws of a decision: hashes of the customer under a salt, so that nobody can choose them and anybody can repeat them.</summary>
/// <param name="Holdout">By the policy: below the holdout's share is held out. 0 to below 1.</param>
/// <param name="Control">By the store and <paramref name="ControlPeriod"/>: below the control group's share is in it. 0 to below 1.</param>
/// <param name="ControlPeriod">The number of the control group, which is drawn anew on a schedule.</param>
/// <param name="Exploration">By the occasion: below the exploration's share is drawn the other way. 0 to below 1.</param>
public sealed record DecisionDraws(double Holdout, double Control, int ControlPeriod, double Exploration);
