namespace ClvOrleans.Valuation.Ensemble;

/// <summary>What the values of a cohort are multiplied by.</summary>
/// <param name="Month">Month of the first purchases from which it is, by <see cref="Levels.CalendarMonth"/>; up to that of the
/// next.</param>
/// <param name="Factor">The factor, on a day of mean season.</param>
public sealed record CohortFactor(int Month, double Factor);
