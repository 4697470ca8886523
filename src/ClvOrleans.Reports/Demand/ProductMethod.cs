using ClvOrleans.Statistics.Demand;

namespace ClvOrleans.Reports.Demand;

/// <summary>How a product's units a week are told from its past weeks.</summary>
/// <param name="Name">As reports show it.</param>
/// <param name="Level">Units a week, without season.</param>
internal sealed record ProductMethod(string Name, LevelOf Level)
{
    /// <summary>Those that a backtest chooses from.</summary>
    public static IReadOnlyList<ProductMethod> All { get; } =
    [
        new("tsb-.1", units => new TsbMethod().Forecast(units, 1)[0]),
        new("tsb-.3", units => new TsbMethod(.3, .3).Forecast(units, 1)[0]),
        new("smoothed-.2", units => Smoothed(units, .2)),
        new("smoothed-.4", units => Smoothed(units, .4)),
        new("mean-8", units => Mean(Last(units, 8), double.PositiveInfinity)),
        new("median-8", units => Median(Last(units, 8))),
        new("median-13", units => Median(Last(units, 13))),
        new("capped-8", units => Capped(Last(units, 8))),
    ];

    /// <summary>Whether a product sold in fewer than a quarter of the weeks of the last half year.</summary>
    public static bool IsRare(ReadOnlySpan<double> units)
    {
        var last = Last(units, 26);
        var sold = 0;
        foreach (var week in last)
        {
            sold += week > 0 ? 1 : 0;
        }

        return sold * 4 < last.Length;
    }

    /// <summary>The middle one; the mean of both where there are two.</summary>
    public static double Median(ReadOnlySpan<double> units)
    {
        var sorted = units.ToArray();
        Array.Sort(sorted);
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    private static ReadOnlySpan<double> Last(ReadOnlySpan<double> units, int weeks) => units[Math.Max(0, units.Length - weeks)..];

    private static double Smoothed(ReadOnlySpan<double> units, double alpha)
    {
        var level = units[0];
        foreach (var value in units[1..])
        {
            level += alpha * (value - level);
        }

        return level;
    }

    // A wholesaler's order that is three times the median says little of the next weeks.
    private static double Capped(ReadOnlySpan<double> units)
    {
        var cap = 3 * Median(units);
        return Mean(units, cap > 0 ? cap : double.PositiveInfinity);
    }

    private static double Mean(ReadOnlySpan<double> units, double cap)
    {
        var sum = 0.0;
        foreach (var week in units)
        {
            sum += Math.Min(week, cap);
        }

        return sum / units.Length;
    }
}
