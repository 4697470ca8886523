using System.Collections.Immutable;
using ClvOrleans.Domain.Currencies;
using ClvOrleans.Training.Forecasts;
using ClvOrleans.Training.Histories;
using ClvOrleans.Training.Validation.Metrics;
using ClvOrleans.Valuation.Models;

namespace ClvOrleans.Training.Validation;

/// <summary>
/// Judges forecasts of a window by what came: the only one who sees both. It scores versions on the holdout of their training, chooses
/// among models by walk-forward validation, and writes the rows of backtests.
/// </summary>
/// <param name="outcomes">What came, by customer.</param>
/// <param name="currency">The currency of the values.</param>
/// <param name="threshold">Who has at least this probability of a purchase is predicted to buy.</param>
internal sealed class Judge(ImmutableArray<HoldoutOutcome> outcomes, Currency currency, double threshold = .5)
{
    private const double Floor = 1e-12;
    private readonly double[] _actual = [.. outcomes.Select(o => (double)currency.ToMajor(o.Value))];
    private readonly double _unit = (double)currency.ToMajor(new Money(1));
    private readonly double[] _predicted = new double[outcomes.Length];
    private readonly double[] _orders = new double[outcomes.Length];

    // What a model does not make is NaN.
    private readonly double[] _buys = new double[outcomes.Length];
    private readonly double[] _logs = new double[outcomes.Length];
    private readonly double[][] _within = [.. Forecast.Levels.Select(_ => new double[outcomes.Length])];

    /// <summary>A judge of the forecasts of a window's buyers.</summary>
    public static Judge Of(PastWindow window, double threshold = .5) => new(window.Outcomes, window.Before.Store.Currency, threshold);

    /// <summary>How predicted values do, as it is kept with a version; null where there is nobody.</summary>
    /// <param name="window">The window.</param>
    /// <param name="predicted">The value of each of its buyers, in minor units.</param>
    public static HoldoutSummary? Summary(PastWindow window, double[] predicted)
    {
        if (predicted.Length == 0)
        {
            return null;
        }

        var score = Of(window).Score(predicted);
        return new HoldoutSummary(window.Before.End, window.After.End, predicted.Length, score.Gini, score.Spearman, score.Bias);
    }

    /// <summary>The score of predicted values alone.</summary>
    /// <param name="predicted">The value of each buyer, in minor units, and maybe fractions of them.</param>
    public ValueScore Score(double[] predicted) => ValueScore.Of(predicted, [.. outcomes.Select(o => (double)o.Value.Minor)]);

    /// <summary>Takes the forecast of a buyer. Safe to call from many threads for different buyers.</summary>
    public void Add(int buyer, Forecast forecast)
    {
        var orders = outcomes[buyer].Orders;
        var counts = forecast.Counts;
        _predicted[buyer] = forecast.Value * _unit;
        _orders[buyer] = forecast.Orders;
        _buys[buyer] = forecast.Buys ?? double.NaN;
        _logs[buyer] = counts.IsEmpty ? double.NaN : Math.Log(Math.Max(Floor, orders < counts.Length ? counts[orders] : 0));
        for (var level = 0; level < _within.Length; level++)
        {
            var isGiven = !forecast.Intervals.IsEmpty;
            _within[level][buyer] = !isGiven ? double.NaN : Holds(forecast.Intervals[level], outcomes[buyer].Value) ? 1 : 0;
        }
    }

    /// <summary>The score of all, once all forecasts are there.</summary>
    public Score Finish() => Finish([.. Enumerable.Range(0, outcomes.Length)]);

    /// <summary>The score of some buyers.</summary>
    public Score Finish(int[] buyers)
    {
        var (predicted, actual, buys) = (Of(_predicted), Of(_actual), Of(_buys));
        var again = Array.ConvertAll(buyers, i => outcomes[i].Orders > 0);
        var knows = !buys.Any(double.IsNaN);
        var value = ValueScore.Of(predicted, actual);
        var squared = LevelMetrics.MeanSquaredError(predicted, actual);
        return new Score
        {
            Gini = value.Gini,
            Spearman = value.Spearman,
            DecileError = LevelMetrics.DecileError(predicted, actual),
            MeanAbsoluteError = LevelMetrics.MeanAbsoluteError(predicted, actual),
            MeanSquaredError = squared,
            RootMeanSquaredError = Math.Sqrt(squared),
            Bias = value.Bias,
            ShareOfTop = Ranking.ShareOfTop(predicted, actual, .1),
            RepeatAuc = Ranking.Auc(knows ? buys : Of(_orders), again),
            Accuracy = knows ? Classification.Accuracy(buys, again, threshold) : null,
            Precision = knows ? Classification.Precision(buys, again, threshold) : null,
            Recall = knows ? Classification.Recall(buys, again, threshold) : null,
            Brier = knows ? Classification.Brier(buys, again) : null,
            LogScore = Mean(_logs),
            Coverage = [.. _within.Select(Mean).OfType<double>()],
        };

        double[] Of(double[] all) => Array.ConvertAll(buyers, i => all[i]);

        double? Mean(double[] all) => Of(all).Average() is var mean && double.IsNaN(mean) ? null : mean;
    }

    // Ends are rounded to whole minor units: nobody spends a fraction of one.
    private static bool Holds(Forecast.Interval interval, Money value) =>
        (double)value.Minor >= Math.Round(interval.Lower) && (double)value.Minor <= Math.Round(interval.Upper);
}
