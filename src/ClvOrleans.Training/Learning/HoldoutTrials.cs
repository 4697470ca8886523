using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Statistics.Fitting;
using ClvOrleans.Training.Forecasts;
using ClvOrleans.Training.Histories;
using ClvOrleans.Training.Validation;
using ClvOrleans.Valuation.BuyTillYouDie;
using ClvOrleans.Valuation.Models;

namespace ClvOrleans.Training.Learning;

/// <summary>
/// The holdout of a training: what it fits is fitted again as of an earlier day, and judged by the days since. Customers are known there as they
/// were on that day, as in a backtest.
/// </summary>
internal sealed class HoldoutTrials
{
    private readonly PastWindow _window;
    private readonly ForecastTask _task;
    private readonly Judge _judge;

    private HoldoutTrials(PastWindow window, ForecastTask task) => (_window, _task, _judge) = (window, window.TaskOf(task), Judge.Of(window));

    private DateOnly Cutoff => _window.Before.End;

    /// <summary>The holdout of a history; null where there is too little time (<see cref="WindowRule.Holdout"/>), or nobody has paid before it.</summary>
    /// <param name="past">The history.</param>
    /// <param name="task">What is forecast.</param>
    public static HoldoutTrials? Of(StoreHistory past, ForecastTask task) =>
        WindowRule.Holdout.In(past.Span, task.Horizon) is [var window] && PastWindow.Of(past, window, task.Value) is { Before.Buyers.IsEmpty: false } seen
            ? new HoldoutTrials(seen, task)
            : null;

    /// <summary>The days as of which trials ask for customers.</summary>
    public static IEnumerable<DateOnly> AsOfDays(HistorySpan span, ForecastTask task) =>
        WindowRule.Holdout.In(span, task.Horizon) is not [var window] ? []
            : [window.Cutoff, .. Stacking.AsOfDays(span.Until(window.Cutoff), task with { Horizon = new Horizon(window.Days) })];

    /// <summary>Adds to each version how its family did. Versions stay as they are where too few bought before the holdout.</summary>
    /// <param name="versions">Versions of one training.</param>
    /// <param name="cancellation">Stops between models.</param>
    public IReadOnlyList<ModelVersion> Score(IReadOnlyList<ModelVersion> versions, CancellationToken cancellation)
    {
        IReadOnlyList<ModelVersion> trials;
        try
        {
            trials = ModelTrainer.Train(
                ModelTrainer.CustomersOf(_window.Before), Cutoff, versions[0].TrainedAt, versions[0].Training, _window.Before.Market, null, cancellation);
        }
        catch (FitException)
        {
            return versions;
        }

        var undiscounted = _window.Before.Store with { AnnualDiscountRate = 0 };
        var judged = trials.ToDictionary(t => t.Id, t => new BuyTillYouDieModel(t));
        return [.. versions.Select(v => v with { Holdout = judged.TryGetValue(v.Id, out var model) ? Of(c => ValueOf(model, c)) : null })];

        double ValueOf(BuyTillYouDieModel model, CustomerSummary customer) =>
            (double)model.Estimate(customer, _window.Before.Market, undiscounted, Cutoff, _window.Horizon).Value.Minor;
    }

    /// <summary>How an ensemble does; null where what was before the holdout does not carry one.</summary>
    /// <param name="stacking">Learns the ensemble.</param>
    /// <param name="cancellation">Stops between models.</param>
    public HoldoutSummary? Score(Stacking stacking, CancellationToken cancellation)
    {
        try
        {
            var (value, _) = stacking.Learn(_window.Before, _task, null, cancellation);
            var market = _window.Before.Market.At(Cutoff);
            return Of(c => value.Forecast(c, market, Cutoff, _window.Horizon).Value);
        }
        catch (FitException)
        {
            return null;
        }
    }

    private HoldoutSummary Of(Func<CustomerSummary, double> value)
    {
        double[] predicted = [.. _window.Before.Buyers.Select(c => value(c.Summary))];
        var score = _judge.Score(predicted);
        return new HoldoutSummary(Cutoff, _window.After.End, predicted.Length, score.Gini, score.Spearman, score.Bias);
    }
}
