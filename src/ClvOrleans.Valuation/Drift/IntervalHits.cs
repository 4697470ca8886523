namespace ClvOrleans.Valuation.Drift;

/// <summary>How often what customers spent was within the intervals that were predicted of them.</summary>
/// <param name="Customers">Number of customers.</param>
/// <param name="Below">Those who spent less than the lower end.</param>
/// <param name="Above">Those who spent more than the upper end.</param>
public sealed record IntervalHits(long Customers, long Below, long Above)
{
    /// <summary>Share of customers within.</summary>
    public double Coverage => Customers == 0 ? 0 : (double)(Customers - Below - Above) / Customers;

    /// <summary>The counts of two groups of customers.</summary>
    public static IntervalHits operator +(IntervalHits a, IntervalHits b) =>
        new(a.Customers + b.Customers, a.Below + b.Below, a.Above + b.Above);
}
