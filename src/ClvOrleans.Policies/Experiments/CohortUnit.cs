namespace ClvOrleans.Policies.Experiments;

/// <summary>A customer of a cohort whose horizon is over, in whole units of the currency.</summary>
/// <param name="Margin">Margin of the window.</param>
/// <param name="Predicted">Margin that was predicted at the window's end for the rest of the horizon.</param>
/// <param name="Complete">Margin of the whole horizon, as it came.</param>
public readonly record struct CohortUnit(double Margin, double Predicted, double Complete);
