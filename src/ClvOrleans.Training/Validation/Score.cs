using System.Collections.Immutable;
using ClvOrleans.Training.Forecasts;

namespace ClvOrleans.Training.Validation;

/// <summary>How well a model did. Null where a figure is not defined, or the model does not make what it would be measured by.</summary>
public sealed record Score
{
    /// <summary>Normalised Gini of the value.</summary>
    public double? Gini { get; init; }

    /// <summary>Spearman's ρ of the value.</summary>
    public double? Spearman { get; init; }

    /// <summary>Decile MAPE of the value, as a fraction.</summary>
    public double? DecileError { get; init; }

    /// <summary>Mean absolute error of the value, in major units.</summary>
    public double MeanAbsoluteError { get; init; }

    /// <summary>Mean squared error of the value, in squares of major units.</summary>
    public double MeanSquaredError { get; init; }

    /// <summary>Root of the mean squared error of the value, in major units.</summary>
    public double RootMeanSquaredError { get; init; }

    /// <summary>Σ predicted / Σ actual - 1.</summary>
    public double? Bias { get; init; }

    /// <summary>Share of the actual value that the predicted top 10 % hold.</summary>
    public double? ShareOfTop { get; init; }

    /// <summary>Area under the ROC curve of buying again.</summary>
    public double? RepeatAuc { get; init; }

    /// <summary>Share of customers of whom it was predicted right whether they buy again, by the threshold of the backtest.</summary>
    public double? Accuracy { get; init; }

    /// <summary>Share of those predicted to buy again who did; null also where nobody is predicted to.</summary>
    public double? Precision { get; init; }

    /// <summary>Share of those who bought again who were predicted to; null also where nobody did.</summary>
    public double? Recall { get; init; }

    /// <summary>Brier score of buying again: mean squared difference of its probability and what came.</summary>
    public double? Brier { get; init; }

    /// <summary>
    /// Mean natural logarithm of the probability that was given to the number of purchase days that came; below 10^-12 counted as that.
    /// </summary>
    public double? LogScore { get; init; }

    /// <summary>
    /// Share of customers whose value fell within the intervals, at <see cref="Forecast.Levels"/>; empty where the model gives none.
    /// </summary>
    public ImmutableArray<double> Coverage { get; init; } = [];
}
