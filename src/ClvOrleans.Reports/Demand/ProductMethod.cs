using ClvOrleans.Statistics.Demand;

namespace ClvOrleans.Reports.Demand;

/// <summary>How a product's units a week are told from its past weeks.</summary>
/// <param name="Name">As reports show it.</param>
/// <param name="Level">Units a week, without season.</param>
internal sealed record ProductMethod(string Name, Func<double[], double> Level)
{
    /// <summary>For products that sell rarely.</summary>
    public static ProductMethod Rare { get; } = new("tsb", units => new TsbMethod().Forecast(units, 1)[0]);

    /// <summary>Those that a backtest chooses from.</summary>
    public static IReadOnlyList<ProductMethod> All { get; } =
    [
        new("tsb-.1", units => new TsbMethod().Forecast(units, 1)[0]),
        new("tsb-.3", units => new TsbMethod(.3, .3).Forecast(units, 1)[0]),
        new("smoothed-.2", units => Smoothed(units, .2)),
        new("smoothed-.4", units => Smoothed(units, .4)),
        new("mean-8", units => Last(units, 8).Average()),
        new("median-8", units => Median(Last(units, 8))),
        new("median-13", units => Median(Last(units, 13))),
        new("capped-8", units => Capped(Last(units, 8))),
    ];

    /// <summary>Whether a product sold in fewer than half of the last weeks.</summary>
    public static bool IsRare(double[] units)
    {
        var last = Last(units, 26);
        return last.Count(u => u > 0) * 2 < last.Length;
    }

    private static double[] Last(double[] units, int weeks) => units[Math.Max(0, units.Length - weeks)..];

    private static double Smoothed(double[] units, double alpha)
    {
        var level = units[0];
        foreach (var value in units.AsSpan(1))
        {
            level += alpha * (value - level);
        }

        return level;
    }

    private static double Median(double[] units)
    {
        var sorted = units.Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    // A wholesaler's order that is three times the median says little of the next weeks.
    private static double Capped(double[] units)
    {
        var cap = 3 * Median(units);
        return units.Average(u => cap > 0 ? Math.Min(u, cap) : u);
    }
}
