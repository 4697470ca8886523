namespace ClvOrleans.Statistics.Experiments;

/// <summary>An arm with a covariate that was known before the start, such as the value that was predicted then.</summary>
/// <param name="Outcome">The outcome.</param>
/// <param name="Covariate">The covariate of the same units.</param>
/// <param name="Covariance">Covariance of the two, with the divisor n - 1.</param>
public readonly record struct CovariateSample(Sample Outcome, Sample Covariate, double Covariance)
{
    /// <summary>The sample of these units.</summary>
    /// <param name="units">Outcome and covariate of at least two units, finite.</param>
    /// <exception cref="ExperimentException">There are fewer than two units, or a number is not finite.</exception>
    public static CovariateSample Of(IEnumerable<(double Outcome, double Covariate)> units)
    {
        var (count, mean, covariateMean, products) = (0L, 0.0, 0.0, 0.0);
        (double Outcome, double Covariate)[] all = [.. units];
        foreach (var (outcome, covariate) in all)
        {
            count++;
            var gap = outcome - mean;
            mean += gap / count;
            covariateMean += (covariate - covariateMean) / count;
            products += gap * (covariate - covariateMean);
        }

        return new CovariateSample(Sample.Of(all.Select(u => u.Outcome)), Sample.Of(all.Select(u => u.Covariate)), products / (count - 1));
    }

    /// <summary>The sample with these sums.</summary>
    /// <param name="count">n, at least 2.</param>
    /// <param name="sum">Σ y of the outcome.</param>
    /// <param name="sumOfSquares">Σ y².</param>
    /// <param name="covariateSum">Σ x of the covariate.</param>
    /// <param name="covariateSumOfSquares">Σ x².</param>
    /// <param name="sumOfProducts">Σ x y.</param>
    /// <exception cref="ExperimentException">There are fewer than two units, or the sums contradict each other.</exception>
    public static CovariateSample OfSums(
        long count, double sum, double sumOfSquares, double covariateSum, double covariateSumOfSquares, double sumOfProducts) => new(
            Sample.OfSums(count, sum, sumOfSquares),
            Sample.OfSums(count, covariateSum, covariateSumOfSquares),
            (sumOfProducts - (sum * covariateSum / count)) / (count - 1));
}
