using System.Collections.Immutable;

namespace ClvOrleans.Valuation.Levels;

/// <summary>
/// The season that a store is taken to have until its own years say otherwise: sales a day of the month over those of a mean day of the
/// year, January first. They are those of electronic shopping and mail-order houses in the United States (Census Bureau, Monthly Retail
/// Trade Survey, NAICS 4541, not adjusted, 2014 and 2015, less their growth of 11.3 % a year), as in the data set retail_services of
/// CORGIS 2.0.0.
/// </summary>
public static class StoreSeason
{
    /// <summary>The twelve numbers; 1 is a mean day.</summary>
    public static ImmutableArray<double> Prior { get; } = [.914, .938, .953, .966, .926, .956, .939, .926, .957, .958, 1.115, 1.445];
}
