namespace ClvOrleans.Statistics.Fitting;

/// <summary>A confidence interval of a parameter.</summary>
/// <param name="Lower">Lower end; 0 (of an effect, -∞) where the data set none.</param>
/// <param name="Upper">Upper end; ∞ where the data set none.</param>
public readonly record struct ParameterInterval(double Lower, double Upper);
