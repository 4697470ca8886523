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

    /// <summary>What the weights are of.</summary>
    public static (double Odds, double Score) Inputs(double probability, double score)
    {
        var p = Math.Clamp(probability, Least, 1 - Least);
        return (Math.Log(p / (1 - p)), Math.Log(Math.Max(Least, score)));
    }
}
