namespace ClvOrleans.Valuation.Levels;

/// <summary>A month of the store's past; amounts are of purchases after the first, in minor units.</summary>
/// <param name="Spent">What was spent.</param>
/// <param name="Expected">What cohorts, ages and the prior season expect; what is left is the store's own season and its fortune.</param>
public sealed record LevelMonth(double Spent, double Expected);
