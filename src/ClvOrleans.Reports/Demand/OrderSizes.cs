using ClvOrleans.Statistics.Numerics;

namespace ClvOrleans.Reports.Demand;

/// <summary>
/// The most units that one line of an order counts for where the next weeks are told from it (winsorising). A product's lines are compared
/// with the others of that product: a season, which is many orders, is never cut, and one order of 80,000 units does not become a level.
/// </summary>
internal static class OrderSizes
{
    // Tukey's far-out fence, of logarithms: sizes of orders are skewed, and a wholesaler's dozens are not rare.
    private const double Fence = 3;

    // Where all lines are alike, eight times as many units are still not far out.
    private const double LeastRatio = 2;

    // Of fewer others the quartiles say nothing, and those of the whole store are taken.
    private const int LeastOthers = 8;

    /// <summary>The bound of each product, from the units of all its lines.</summary>
    public static double[] Bounds(IReadOnlyList<IReadOnlyCollection<double>> lines)
    {
        var store = new Lazy<double>(() => Bound([.. lines.SelectMany(l => l).Order()]));
        return [.. lines.Select(l => l.Count > LeastOthers ? Bound([.. l.Order()]) : store.Value)];
    }

    // The largest does not say how large it may be.
    private static double Bound(double[] sorted)
    {
        double[] others = [.. sorted.SkipLast(1).Where(units => units > 0)];
        if (others.Length < LeastOthers)
        {
            return double.PositiveInfinity;
        }

        var (low, high) = (SampleQuantile.Of(others, .25), SampleQuantile.Of(others, .75));
        return high * Math.Pow(Math.Max(LeastRatio, high / low), Fence);
    }
}
