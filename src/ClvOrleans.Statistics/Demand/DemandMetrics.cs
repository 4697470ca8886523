namespace ClvOrleans.Statistics.Demand;

/// <summary>How good forecasts of demand were.</summary>
public static class DemandMetrics
{
    /// <summary>
    /// Weighted absolute percentage error: the sum of absolute errors by the sum of what was sold. Zeros are no trouble; 0 where nothing
    /// was sold and nothing forecast, infinite where only something was forecast.
    /// </summary>
    public static double WeightedAbsolutePercentageError(ReadOnlySpan<double> actual, ReadOnlySpan<double> forecast)
    {
        Check(actual, forecast);
        var (errors, sold) = (0.0, 0.0);
        for (var i = 0; i < actual.Length; i++)
        {
            errors += Math.Abs(actual[i] - forecast[i]);
            sold += actual[i];
        }

        return errors == 0 ? 0 : errors / sold;
    }

    /// <summary>Share of values that are within their interval, both ends included; not a number where there is none.</summary>
    public static double Coverage(ReadOnlySpan<double> actual, ReadOnlySpan<double> low, ReadOnlySpan<double> high)
    {
        Check(actual, low);
        Check(actual, high);
        var within = 0;
        for (var i = 0; i < actual.Length; i++)
        {
            within += actual[i] >= low[i] && actual[i] <= high[i] ? 1 : 0;
        }

        return within / (double)actual.Length;
    }

    private static void Check(ReadOnlySpan<double> actual, ReadOnlySpan<double> other)
    {
        if (actual.Length != other.Length)
        {
            throw new ArgumentException($"{actual.Length} values are compared with {other.Length}.", nameof(other));
        }
    }
}
