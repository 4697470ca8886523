using System.Collections.Immutable;
using ClvOrleans.Domain.Currencies;
using ClvOrleans.Training.Backtests.Metrics;

namespace ClvOrleans.Training.Backtests;

/// <summary>Judges forecasts by what happened: the only one who sees both.</summary>
internal sealed class Scorer(ImmutableArray<HoldoutOutcome> outcomes, Currency currency, double threshold)
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
        var squared = LevelMetrics.MeanSquaredError(predicted, actual);
        return new Score
        {
            Gini = Ranking.NormalisedGini(predicted, actual),
            Spearman = Ranking.Spearman(predicted, actual),
            DecileError = LevelMetrics.DecileError(predicted, actual),
            MeanAbsoluteError = LevelMetrics.MeanAbsoluteError(predicted, actual),
            MeanSquaredError = squared,
            RootMeanSquaredError = Math.Sqrt(squared),
            Bias = LevelMetrics.Bias(predicted, actual),
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
