namespace ClvOrleans.Training.Validation.Metrics;

/// <summary>The continuous ranked probability score of a distribution that is given by quantiles (Gneiting and Raftery 2007).</summary>
public static class RankedProbability
{
    /// <summary>
    /// The score, in the unit of the values: the less the better. It is twice the mean pinball loss of quantiles at the probabilities
    /// (i + 1/2) / n, which tends to the integral of the squared difference of distribution functions as n grows (ibid., equation 21).
    /// </summary>
    /// <param name="quantiles">The quantiles, ascending.</param>
    /// <param name="actual">What came.</param>
    public static double Of(ReadOnlySpan<double> quantiles, double actual)
    {
        var sum = 0.0;
        for (var i = 0; i < quantiles.Length; i++)
        {
            var probability = (i + .5) / quantiles.Length;
            sum += (actual - quantiles[i]) * (probability - (actual < quantiles[i] ? 1 : 0));
        }

        return 2 * sum / quantiles.Length;
    }
}
