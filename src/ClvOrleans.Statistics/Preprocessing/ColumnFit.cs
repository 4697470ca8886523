using ClvOrleans.Statistics.Numerics;

namespace ClvOrleans.Statistics.Preprocessing;

/// <summary>Learns what a column needs.</summary>
internal static class ColumnFit
{
    /// <summary>Learns.</summary>
    /// <param name="name">The column.</param>
    /// <param name="rule">How it is to be prepared.</param>
    /// <param name="known">Its known numbers after the logarithm; sorted by this.</param>
    /// <param name="rows">Number of rows, those with an unknown number included.</param>
    public static FittedColumn Of(string name, ColumnRule rule, Span<double> known, int rows)
    {
        known.Sort();
        var (lower, upper) = Bounds(rule, known);
        var clipped = 0;
        foreach (ref var x in known)
        {
            clipped += x < lower || x > upper ? 1 : 0;
            x = Math.Clamp(x, lower, upper);
        }

        var (mean, deviation) = Moments(known);
        var fill = rule.Missing switch
        {
            MissingRule.Keep => double.NaN,
            MissingRule.Median => SampleQuantile.Of(known, .5),
            _ => mean,
        };

        // Numbers that stand in at the mean leave it as it is; the spread is that of the known ones.
        var (shift, spread) = rule.Scale switch
        {
            ScaleRule.Standardise => (mean, deviation),
            ScaleRule.MinMax when known.Length > 0 => (known[0], known[^1] - known[0]),
            _ => (0, 1),
        };
        return new FittedColumn(name, rule, lower, upper, fill, shift, spread > 1e-12 ? spread : 1, rows - known.Length, clipped);
    }

    private static (double Lower, double Upper) Bounds(ColumnRule rule, ReadOnlySpan<double> sorted)
    {
        switch (rule.Outlier)
        {
            case OutlierRule.ZScore:
                var (mean, deviation) = Moments(sorted);
                var reach = (rule.Outliers ?? 3) * deviation;
                return (mean - reach, mean + reach);
            case OutlierRule.Interquartile:
                var (low, high) = (SampleQuantile.Of(sorted, .25), SampleQuantile.Of(sorted, .75));
                var fence = (rule.Outliers ?? 1.5) * (high - low);
                return (low - fence, high + fence);
            case OutlierRule.Winsorise:
                var part = rule.Outliers ?? .01;
                return (SampleQuantile.Of(sorted, part), SampleQuantile.Of(sorted, 1 - part));
            default:
                return (double.MinValue, double.MaxValue);
        }
    }

    private static (double Mean, double Deviation) Moments(ReadOnlySpan<double> x)
    {
        if (x.IsEmpty)
        {
            return (0, 0);
        }

        var (sum, squares) = (0.0, 0.0);
        foreach (var v in x)
        {
            sum += v;
        }

        var mean = sum / x.Length;
        foreach (var v in x)
        {
            squares += (v - mean) * (v - mean);
        }

        return (mean, Math.Sqrt(squares / x.Length));
    }
}
