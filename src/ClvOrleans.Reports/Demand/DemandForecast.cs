using System.Collections.Immutable;

namespace ClvOrleans.Reports.Demand;

/// <summary>Expected units of every product and week, which add up to those of the store.</summary>
/// <param name="Sales">What was sold.</param>
/// <param name="Total">Of all products together.</param>
/// <param name="Products">Of each product.</param>
/// <param name="TotalMethods">The methods of the whole, and their shares in its mean.</param>
/// <param name="ProductMethods">The methods whose mean forecasts a product that does not sell rarely.</param>
/// <param name="Season">How much of last year's season products have, 0 to 1.</param>
/// <param name="Reconciliation">How they were made to add up.</param>
/// <param name="Origins">The earlier weeks from which these were chosen and intervals are made; 0 where there are too few.</param>
internal sealed record DemandForecast(
    SalesWeeks Sales, UnitsRange Total, ImmutableArray<UnitsRange> Products, ImmutableArray<(string Name, double Share)> TotalMethods,
    ImmutableArray<string> ProductMethods, double Season, string Reconciliation, int Origins)
{
    /// <summary>
    /// Units by week that the whole is above the products: single large orders, of which nobody knows what they will be of.
    /// </summary>
    public required double[] Apart { get; init; }

    internal DemandErrors Errors { get; init; } = null!;

    /// <summary>The sum of some products, with an interval of its own: errors of products even out as they did before.</summary>
    public UnitsRange Sum(IReadOnlyList<int> products)
    {
        var expected = SalesWeeks.Add(products.Select(p => Products[p].Expected), Total.Expected.Length);
        return Errors.Around(expected, Errors.Spread(products));
    }
}
