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
/// The holdout of a training: what it fits is fitted again as of an earlier day, and judged by the days since. Customers are known there
/// as they were on that day, as in a backtest.
/// </summary>
internal sealed class HoldoutTrials
{
    private readonly StoreHistory _past;
    private readonly Window _window;
    private readonly ForecastTask _task;

    private HoldoutTrials(StoreHistory past, Window window, ForecastTask task) => (_past, _window, _task) = (past, window, task);

    /// <summary>The holdout of a history; null where there is too little time (<see cref="WindowRule.Holdout"/>).</summary>
    /// <param name="past">The history.</param>
    /// <param name="task">What is forecast.</param>
    public static HoldoutTrials? Of(StoreHistory past, ForecastTask task) =>
        WindowRule.Holdout.In(past.Span, task.Horizon) is [var window] ? new HoldoutTrials(past, window, task) : null;

    /// <summary>The days as of which trials ask for customers.</summary>
    public static IEnumerable<DateOnly> AsOfDays(HistorySpan span, ForecastTask task) =>
        WindowRule.Holdout.In(span, task.Horizon).Select(w => w.Cutoff);

    /// <summary>Adds to each version how its family did. Versions stay as they are where too few bought before the holdout.</summary>
    /// <param name="versions">Versions of one training.</param>
    /// <param name="cancellation">Stops between models.</param>
    public IReadOnlyList<ModelVersion> Score(IReadOnlyList<ModelVersion> versions, CancellationToken cancellation)
    {
        var seen = Look();
        var before = seen.Before;
        IReadOnlyList<ModelVersion> trials;
        try
        {
            trials = ModelTrainer.Train(
                ModelTrainer.CustomersOf(before), before.End, versions[0].TrainedAt, versions[0].Training, before.Market, null,
                cancellation);
        }
        catch (FitException)
        {
            return versions;
        }

        var undiscounted = before.Store with { AnnualDiscountRate = 0 };
        var judged = trials.ToDictionary(t => t.Id, t => new BuyTillYouDieModel(t));
        return [.. versions.Select(v => v with { Holdout = judged.TryGetValue(v.Id, out var model) ? OfFamily(model) : null })];

        HoldoutSummary? OfFamily(BuyTillYouDieModel model) =>
            Judge.Summary(seen, [.. before.Buyers.Select(c => ValueOf(model, c.Summary))]);

        double ValueOf(BuyTillYouDieModel model, CustomerSummary customer) =>
            (double)model.Estimate(customer, before.Market, undiscounted, before.End, seen.Horizon).Value.Minor;
    }

    // Looked at for each trial: the customers of then are not kept while other models are trained.
    private PastWindow Look() => PastWindow.Of(_past, _window, _task.Value);
}
