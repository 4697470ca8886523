namespace ClvOrleans.Training.Validation.Metrics;

/// <summary>
/// The randomised probability integral transform (Smith 1985; Czado, Gneiting and Held 2009): where what came stands in the distribution
/// that was forecast, by chance within a probability that lies on one value, as that of nothing. It is uniform between 0 and 1 if the
/// forecasts are right.
/// </summary>
public static class ProbabilityTransform
{
    /// <summary>The transform of a value of at least 0.</summary>
    /// <param name="quantiles">Quantiles at the probabilities (i + 1/2) / n, ascending.</param>
    /// <param name="none">The probability of 0.</param>
    /// <param name="actual">What came.</param>
    /// <param name="chance">A number between 0 and 1 by chance.</param>
    public static double Of(ReadOnlySpan<double> quantiles, double none, double actual, double chance)
    {
        if (actual <= 0)
        {
            return none * chance;
        }

        var n = (double)quantiles.Length;
        var next = 0;
        while (next < quantiles.Length && quantiles[next] < actual)
        {
            next++;
        }

        var equal = next;
        while (equal < quantiles.Length && quantiles[equal] == actual)
        {
            equal++;
        }

        // Equal quantiles are a probability on one value; what lies beyond the last is not told apart. In both it stands by chance.
        var (low, high) = equal > next
            ? ((next + .5) / n, (equal - .5) / n)
            : next == quantiles.Length ? ((n - .5) / n, 1) : (double.NaN, 0);
        if (!double.IsNaN(low))
        {
            return Math.Max(low, none) + (chance * (Math.Max(high, none) - Math.Max(low, none)));
        }

        // Else on the line between neighbours; below the first, from the probability of nothing.
        var (value, from) = next == 0 ? (0, none) : (quantiles[next - 1], Math.Max(none, (next - .5) / n));
        return from + ((actual - value) / (quantiles[next] - value) * (Math.Max(none, (next + .5) / n) - from));
    }

    /// <summary>Kolmogorov's distance of transforms from the uniform distribution; null where there are none.</summary>
    public static double? Distance(IReadOnlyCollection<double> transforms)
    {
        if (transforms.Count == 0)
        {
            return null;
        }

        var (distance, i, n) = (0.0, 0, (double)transforms.Count);
        foreach (var transform in transforms.Order())
        {
            distance = Math.Max(distance, Math.Max(transform - (i / n), (++i / n) - transform));
        }

        return distance;
    }
}
