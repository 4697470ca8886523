namespace ClvOrleans.Statistics.Experiments;

/// <summary>What a test of means needs to know of an arm.</summary>
/// <param name="Count">n: number of units.</param>
/// <param name="Mean">Their mean outcome.</param>
/// <param name="Variance">Their variance, at least 0; of values with the divisor n - 1, of a proportion p (1 - p).</param>
public readonly record struct Sample(long Count, double Mean, double Variance)
{
    internal double SquaredError => Variance / Count;

    /// <summary>The sample of these values; units without a purchase count as 0 and must not be left out.</summary>
    /// <param name="values">At least two finite values.</param>
    /// <exception cref="ExperimentException">There are fewer than two values, or one is not finite.</exception>
    public static Sample Of(IEnumerable<double> values)
    {
        var (count, mean, squares) = (0L, 0.0, 0.0);
        foreach (var value in values)
        {
            count++;
            var gap = value - mean;
            mean += gap / count;
            squares += gap * (value - mean);
        }

        return new Sample(count, mean, squares / (count - 1)).Checked("arm");
    }

    /// <summary>The sample with these sums. Sums of money are best kept as whole numbers: they then depend on no order.</summary>
    /// <param name="count">n, at least 2.</param>
    /// <param name="sum">Σ y.</param>
    /// <param name="sumOfSquares">Σ y².</param>
    /// <exception cref="ExperimentException">There are fewer than two values, or the sums contradict each other.</exception>
    public static Sample OfSums(long count, double sum, double sumOfSquares)
    {
        var squares = sumOfSquares - (sum * sum / count);
        return new Sample(count, sum / count, Sums.Spread(squares, sumOfSquares) / (count - 1)).Checked("arm");
    }

    internal Sample Checked(string arm) => Count < 2
        ? throw new ExperimentException($"The {arm} has {Count} units; at least 2 are needed.")
        : double.IsFinite(Mean) && double.IsFinite(Variance) && Variance >= 0
            ? this
            : throw new ExperimentException(
                $"The {arm} has a mean of {Mean} and a variance of {Variance}; both must be finite, and no variance below 0.");
}
