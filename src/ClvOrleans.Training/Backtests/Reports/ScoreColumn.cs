using System.Collections.Immutable;
using System.Globalization;
using ClvOrleans.Training.Forecasts;
using ClvOrleans.Training.Validation;

namespace ClvOrleans.Training.Backtests.Reports;

/// <summary>A figure of the tables.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Meaning">What it is, in one sentence.</param>
/// <param name="Format">How it is written.</param>
/// <param name="Of">The figure of a score; null where there is none.</param>
/// <param name="Badness">How far a figure is from the ideal; the least is the best of the column. Null where none is: see coverage in
/// docs/backtests.md.</param>
public sealed record ScoreColumn(string Name, string Meaning, string Format, Func<Score, double?> Of, Func<double, double>? Badness)
{
    private static readonly ScoreColumn Auc = new("AUC", "Area under the ROC curve of buying again.", "0.0000", s => s.RepeatAuc, Falling);

    /// <summary>The figures of the first table, in its order.</summary>
    public static ImmutableArray<ScoreColumn> Main { get; } =
    [
        new("gini", "Normalised Gini of the value's ranking; 1 is perfect, 0 is chance.", "0.0000", s => s.Gini, Falling),
        new("rho", "Spearman's rank correlation of the value.", "0.0000", s => s.Spearman, Falling),
        new("decMAPE", "Mean relative error of the mean value of the ten parts by prediction.", "0.0000", s => s.DecileError, v => v),
        new("MAE", "Mean absolute error of the value.", "0.00", s => s.MeanAbsoluteError, v => v),
        new("RMSE", "Root of the mean squared error of the value.", "0.0", s => s.RootMeanSquaredError, v => v),
        new("bias", "Sum of the predictions / sum of the actual values - 1.", "+0.000;-0.000;0.000", s => s.Bias, Math.Abs),
        new("top10", "Share of the actual value that the predicted top 10 % hold.", "0.000", s => s.ShareOfTop, Falling),
        Auc,
        new("log", "Mean logarithm of the probability given to the actual number of purchase days.", "0.0000", s => s.LogScore, Falling),
        .. Forecast.Levels.Select((level, i) => new ScoreColumn(
            $"cov{level * 100:0}",
            $"Share of customers whose value was within the {level * 100:0} % interval; a large chance of nothing makes intervals hold "
                + "more.",
            "0.000",
            s => s.Coverage.IsEmpty ? null : s.Coverage[i],
            null)), // Where most buy nothing, even the best intervals hold more than their level.
    ];

    /// <summary>The figures of the table of who will buy again.</summary>
    public static ImmutableArray<ScoreColumn> WillBuy { get; } =
    [
        Auc,
        new("accuracy", "Share of customers predicted correctly to buy again or not.", "0.0000", s => s.Accuracy, Falling),
        new("precision", "Share of those predicted to buy again who did.", "0.0000", s => s.Precision, Falling),
        new("recall", "Share of those who bought again who were predicted to.", "0.0000", s => s.Recall, Falling),
        new("Brier", "Mean squared difference between the probability of buying again and the outcome.", "0.0000", s => s.Brier, v => v),
    ];

    /// <summary>The mean squared error: for programs and pages, since its root says the same in the unit of the value.</summary>
    public static ScoreColumn MeanSquaredError { get; } =
        new("MSE", "Mean squared error of the value.", "0.0", s => s.MeanSquaredError, v => v);

    /// <summary>All figures.</summary>
    public static ImmutableArray<ScoreColumn> All { get; } = [.. Main, MeanSquaredError, .. WillBuy.Remove(Auc)];

    /// <summary>The figures whose spread over folds people are shown.</summary>
    public static ImmutableArray<ScoreColumn> OverFolds { get; } =
        [.. All.Where(c => c.Name is "gini" or "rho" or "decMAPE" or "MAE" or "RMSE" or "bias" or "AUC" or "Brier")];

    /// <summary>The figure as text; a hyphen where there is none.</summary>
    public string Text(Score? score) => score is not null && Of(score) is { } value
        ? value.ToString(Format, CultureInfo.InvariantCulture)
        : "-";

    /// <summary>Whether no score of a table is better.</summary>
    public bool IsBest(Score? score, IEnumerable<Score?> rows) => Badness is { } badness && score is not null && Of(score) is { } value
        && rows.OfType<Score>().Select(Of).OfType<double>().All(v => badness(value) <= badness(v));

    private static double Falling(double value) => -value;
}
