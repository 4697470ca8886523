using System.Collections.Immutable;
using ClvOrleans.Model.Currencies;
using ClvOrleans.Training.Backtests.Metrics;

namespace ClvOrleans.Training.Backtests;

/// <summary>Judges forecasts by what happened: the only one who sees both.</summary>
internal sealed class Scorer(ImmutableArray<Outcome> outcomes, Currency currency)
{
    private const double Floor = 1e-12;
    private readonly double[] _actual = [.. outcomes.Select(o => (double)currency.ToMajor(o.Value))];
    private readonly double _unit = (double)currency.ToMajor(new Money(1));
    private readonly double[] _predicted = new double[outcomes.Length];
    private readonly double[] _again = new double[outcomes.Length];
    private readonly double[] _logs = new double[outcomes.Length];

    /// <summary>Takes the forecast of a buyer. Safe to call from many threads for different buyers.</summary>
    public void Add(int buyer, Forecast forecast)
    {
        var orders = outcomes[buyer].Orders;
        var counts = forecast.Counts;
        _predicted[buyer] = forecast.Value * _unit;
        _again[buyer] = counts.IsEmpty ? forecast.Orders : 1 - counts[0];
        _logs[buyer] = counts.IsEmpty ? double.NaN : Math.Log(Math.Max(Floor, orders < counts.Length ? counts[orders] : 0));
    }

    /// <summary>The score, once all forecasts are there.</summary>
    public Score Finish(ImmutableArray<Forecast> forecasts) => new()
    {
        Gini = Ranking.NormalisedGini(_predicted, _actual),
        Spearman = Ranking.Spearman(_predicted, _actual),
        DecileError = Level.DecileError(_predicted, _actual),
        MeanAbsoluteError = Level.MeanAbsoluteError(_predicted, _actual),
        RootMeanSquaredError = Level.RootMeanSquaredError(_predicted, _actual),
        Bias = Level.Bias(_predicted, _actual),
        ShareOfTop = Ranking.ShareOfTop(_predicted, _actual, .1),
        RepeatAuc = Ranking.Auc(_again, outcomes.Select(o => o.Orders > 0).ToArray()),
        LogScore = _logs.Average() is var mean && double.IsNaN(mean) ? null : mean,
        Coverage = forecasts.Any(f => f.Intervals.IsEmpty) ? [] : [.. Forecast.Levels.Select((_, level) => Covered(forecasts, level))],
    };

    private double Covered(ImmutableArray<Forecast> forecasts, int level)
    {
        // Ends are rounded to whole minor units: nobody spends a fraction of one.
        var within = 0;
        for (var i = 0; i < outcomes.Length; i++)
        {
            var (lower, upper) = forecasts[i].Intervals[level];
            within += outcomes[i].Value.Minor >= Math.Round(lower) && outcomes[i].Value.Minor <= Math.Round(upper) ? 1 : 0;
        }

        return (double)within / outcomes.Length;
    }
}
