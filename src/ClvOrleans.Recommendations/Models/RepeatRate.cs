namespace ClvOrleans.Recommendations.Models;

/// <summary>How a product is bought again.</summary>
/// <param name="Rate">
/// Of the baskets of customers who had bought it before, the share that held it again; shrunk to the store's share.
/// </param>
/// <param name="Gap">The median of the days between two purchases by one customer, shrunk to the store's median in logarithms.</param>
public readonly record struct RepeatRate(float Rate, float Gap)
{
    /// <summary>Purchases that the product's own gap counts as beside a customer's.</summary>
    private const double Prior = 2;

    /// <summary>
    /// Days from one purchase to the next that are expected of a customer: the mean of the own gap and the product's, in logarithms, by
    /// the number of gaps seen.
    /// </summary>
    public double GapOf(int purchases, int first, int last)
    {
        var gaps = purchases - 1;
        return gaps < 1
            ? Gap
            : Math.Exp(((gaps * Math.Log(Math.Max(1, (last - first) / (double)gaps))) + (Prior * Math.Log(Gap))) / (gaps + Prior));
    }

    /// <summary>
    /// How near its next purchase is, 0 to 1: 1 when the gap has just passed, less before and, as interest is lost, long after. The
    /// logarithm of elapsed time by the gap is taken as standard normal.
    /// </summary>
    public double DuenessAt(int day, int purchases, int first, int last)
    {
        var z = Math.Log(Math.Max(1, day - last) / GapOf(purchases, first, last));
        return Math.Exp(-.5 * z * z);
    }
}
