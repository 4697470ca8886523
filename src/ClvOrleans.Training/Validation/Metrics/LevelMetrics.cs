namespace ClvOrleans.Training.Validation.Metrics;

/// <summary>How near predictions are to what happened.</summary>
public static class LevelMetrics
{
    /// <summary>Σ predicted / Σ actual - 1; null without a positive actual sum.</summary>
    public static double? Bias(ReadOnlySpan<double> predicted, ReadOnlySpan<double> actual) =>
        Sum(actual) is > 0 and var total ? (Sum(predicted) / total) - 1 : null;

    /// <summary>Mean absolute error. An all-zero forecast does well by it where most buy no more.</summary>
    public static double MeanAbsoluteError(ReadOnlySpan<double> predicted, ReadOnlySpan<double> actual)
    {
        var sum = 0.0;
        for (var i = 0; i < actual.Length; i++)
        {
            sum += Math.Abs(predicted[i] - actual[i]);
        }

        return sum / actual.Length;
    }

    /// <summary>Root of the mean squared error.</summary>
    public static double RootMeanSquaredError(ReadOnlySpan<double> predicted, ReadOnlySpan<double> actual) =>
        Math.Sqrt(MeanSquaredError(predicted, actual));

    /// <summary>Mean squared error.</summary>
    public static double MeanSquaredError(ReadOnlySpan<double> predicted, ReadOnlySpan<double> actual)
    {
        var sum = 0.0;
        for (var i = 0; i < actual.Length; i++)
        {
            sum += (predicted[i] - actual[i]) * (predicted[i] - actual[i]);
        }

        return sum / actual.Length;
    }

    /// <summary>
    /// Mean over the deciles of |mean predicted - mean actual| / mean actual (Wang, Liu and Miao 2019). A decile in which nothing was
    /// bought is joined with the next higher one, the highest with those below it, so that the measure is finite and nothing drops out of
    /// it. Null without a positive actual sum.
    /// </summary>
    public static double? DecileError(ReadOnlySpan<double> predicted, ReadOnlySpan<double> actual)
    {
        var (errors, parts) = (0.0, 0);
        var open = default(Decile);
        var last = default(Decile);
        foreach (var decile in Deciles(predicted, actual).Reverse())
        {
            open = open.With(decile);
            if (open.Actual > 0)
            {
                errors += open.Error;
                parts++;
                (last, open) = (open, default);
            }
        }

        if (parts == 0)
        {
            return null;
        }

        // Highest deciles without any actual value.
        return open.Customers == 0 ? errors / parts : (errors - last.Error + last.With(open).Error) / parts;
    }

    /// <summary>Ten equal parts of the customers by prediction, highest first; fewer where there are fewer than ten customers.</summary>
    public static Decile[] Deciles(ReadOnlySpan<double> predicted, ReadOnlySpan<double> actual)
    {
        var deciles = new Decile[Math.Min(10, actual.Length)];
        var size = (double)actual.Length / deciles.Length;
        var at = 0;
        foreach (var group in TieGroup.Of(predicted, actual))
        {
            double left = group.Count;
            while (left > 1e-9)
            {
                var room = at == deciles.Length - 1 ? left : size - deciles[at].Customers;
                var taken = Math.Min(left, room);
                deciles[at] = deciles[at].With(new Decile(taken, group.Predicted * taken, group.Actual * taken / group.Count));
                left -= taken;
                at += deciles[at].Customers >= size - 1e-9 && at < deciles.Length - 1 ? 1 : 0;
            }
        }

        return deciles;
    }

    private static double Sum(ReadOnlySpan<double> values)
    {
        var sum = 0.0;
        foreach (var value in values)
        {
            sum += value;
        }

        return sum;
    }
}
