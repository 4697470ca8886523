namespace ClvOrleans.Reports.Demand;

/// <summary>Units by week: expected, and the 80 % interval.</summary>
/// <param name="Expected">The mean.</param>
/// <param name="Low">Lower end.</param>
/// <param name="High">Upper end.</param>
internal sealed record UnitsRange(double[] Expected, double[] Low, double[] High);
