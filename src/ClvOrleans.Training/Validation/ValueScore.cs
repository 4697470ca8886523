using ClvOrleans.Training.Validation.Metrics;

namespace ClvOrleans.Training.Validation;

/// <summary>How well predicted values do: all that judges a training's versions, chooses among models and heads a backtest.</summary>
/// <param name="Gini">Normalised Gini; null where nothing came.</param>
/// <param name="Spearman">Spearman's ρ; null where all values are alike.</param>
/// <param name="Bias">Σ predicted / Σ actual - 1; null without a positive actual sum.</param>
/// <param name="Level">|ln((Σ predicted + 1) / (Σ actual + 1))|: twice too much is as bad as half of it.</param>
internal sealed record ValueScore(double? Gini, double? Spearman, double? Bias, double Level)
{
    /// <summary>What a model is chosen by, the more the better: ranking counts in full, a wrong level by half.</summary>
    public double Merit => (Gini ?? 0) + (Spearman ?? 0) - (Level / 2);

    /// <summary>Scores predictions.</summary>
    /// <param name="predicted">The predicted value of each customer.</param>
    /// <param name="actual">What came of each, in the same unit.</param>
    public static ValueScore Of(double[] predicted, double[] actual) => new(
        Ranking.NormalisedGini(predicted, actual), Ranking.Spearman(predicted, actual), LevelMetrics.Bias(predicted, actual),
        Math.Abs(Math.Log((predicted.Sum() + 1) / (Math.Max(0, actual.Sum()) + 1))));
}
