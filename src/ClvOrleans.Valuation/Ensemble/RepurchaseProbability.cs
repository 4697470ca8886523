namespace ClvOrleans.Valuation.Ensemble;

/// <summary>
/// The probability of a purchase within the horizon: the buy-till-you-die model's odds and the score of the ensemble, stacked.
/// </summary>
/// <param name="Intercept">Added to the logarithm of the odds.</param>
/// <param name="OfOdds">Weight of the logarithm of the model's odds.</param>
/// <param name="OfScore">Weight of the logarithm of the score.</param>
public sealed record RepurchaseProbability(double Intercept, double OfOdds, double OfScore)
{
    private const double Least = 1e-6;

    /// <summary>The probability.</summary>
    /// <param name="probability">What the model says.</param>
    /// <param name="score">The score.</param>
    public double Of(double probability, double score)
    {
        var (odds, worth) = Inputs(probability, score);
        return 1 / (1 + Math.Exp(-(Intercept + (OfOdds * odds) + (OfScore * worth))));
    }

    /// <summary>
    /// The probability within another horizon: purchases within the one that the weights were learned for are spread over its time, and
    /// those after it over theirs, as the model spreads them.
    /// </summary>
    /// <param name="probability">What the model says within the other horizon.</param>
    /// <param name="near">What it says within the one that the weights were learned for.</param>
    /// <param name="score">The score.</param>
    public double Within(double probability, double near, double score)
    {
        var again = Of(near, score);
        return probability < near ? probability / near * again
            : probability > near ? 1 - ((1 - probability) / (1 - near) * (1 - again))
            : again;
    }

    /// <summary>
    /// What the model says within a horizon within which the probability is a given one: the inverse of <see cref="Within"/>.
    /// </summary>
    /// <param name="probability">The probability.</param>
    /// <param name="near">What the model says within the horizon that the weights were learned for.</param>
    /// <param name="score">The score.</param>
    public double BaseProbabilityAt(double probability, double near, double score)
    {
        var again = Of(near, score);
        return probability <= again ? probability / again * near : 1 - ((1 - probability) / (1 - again) * (1 - near));
    }

    /// <summary>What the weights are of.</summary>
    public static (double Odds, double Score) Inputs(double probability, double score)
    {
        var p = Math.Clamp(probability, Least, 1 - Least);
        return (Math.Log(p / (1 - p)), Math.Log(Math.Max(Least, score)));
    }
}
