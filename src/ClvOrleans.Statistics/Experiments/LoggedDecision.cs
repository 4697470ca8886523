using System.Collections.Immutable;

namespace ClvOrleans.Statistics.Experiments;

/// <summary>A decision of the past, with all that is needed to judge other policies by it.</summary>
/// <param name="Action">The action that was taken, as its place in the propensities; doing nothing is an action, too.</param>
/// <param name="Outcome">What came of it, such as margin.</param>
/// <param name="Propensities">With what probability each action would have been taken here; they add up to 1.</param>
public sealed record LoggedDecision(int Action, double Outcome, ImmutableArray<double> Propensities);
