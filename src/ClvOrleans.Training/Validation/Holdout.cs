using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Market;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Statistics.Fitting;
using ClvOrleans.Training.Backtests;
using ClvOrleans.Training.Backtests.Metrics;
using ClvOrleans.Training.Learning;
using ClvOrleans.Valuation.BuyTillYouDie;
using ClvOrleans.Valuation.Models;

namespace ClvOrleans.Training.Validation;

/// <summary>
/// A backtest in short, from summaries alone: families are fitted as of an earlier day and judged by the purchases since. Refunds count
/// with their purchase whenever they came; the full backtest folds the events anew and knows only those of then.
/// </summary>
public static class Holdout
{
    private const int LeastDays = 28;

    /// <summary>The last day before the part that models are judged by: the horizon, or half of the time where that is shorter; null where it is too short.</summary>
    /// <param name="first">Day of the first purchase.</param>
    /// <param name="until">The last day of the data.</param>
    /// <param name="horizon">How far the store forecasts.</param>
    public static DateOnly? CutOf(DateOnly first, DateOnly until, Horizon horizon)
    {
        var days = Math.Min(horizon.Days, (until.DayNumber - first.DayNumber) / 2);
        return days < LeastDays ? null : until.AddDays(-days);
    }

    /// <summary>Adds to each version how its family did. Versions stay as they are where too little time is there, or too few bought before.</summary>
    /// <param name="versions">Versions of one training.</param>
    /// <param name="customers">The buyers it was fitted to.</param>
    /// <param name="market">The market calendar.</param>
    /// <param name="store">The store, whose horizon is judged, or half of the time where that is shorter.</param>
    /// <param name="cancellation">Stops between models.</param>
    public static IReadOnlyList<ModelVersion> Judge(
        IReadOnlyList<ModelVersion> versions, IReadOnlyCollection<CustomerSummary> customers, MarketCalendar market, StoreSettings store,
        CancellationToken cancellation = default)
    {
        var until = versions[0].DataUntil;
        if (CutOf(versions[0].DataFrom!.Value, until, store.Horizon) is not { } cut)
        {
            return versions;
        }

        var horizon = until.DayNumber - cut.DayNumber;
        IReadOnlyList<ModelVersion> trials;
        try
        {
            trials = ModelTrainer.Train(customers, cut, versions[0].TrainedAt, versions[0].Training, market, null, cancellation);
        }
        catch (FitException)
        {
            return versions;
        }

        var buyers = customers.Where(c => c.HistoryAt(cut) is not null).ToArray();
        var actual = Array.ConvertAll(buyers, c => c.PurchaseDays.Where(d => d.Day > cut && d.Day <= until).Sum(d => (double)d.Net.Minor));
        var judged = trials.ToDictionary(t => t.Id, t => Of(new BuyTillYouDieModel(t)));
        return [.. versions.Select(v => v with { Holdout = judged.GetValueOrDefault(v.Id) })];

        HoldoutSummary Of(BuyTillYouDieModel model)
        {
            var undiscounted = store with { AnnualDiscountRate = 0 };
            var predicted = Array.ConvertAll(buyers, c => (double)model.Estimate(c, market, undiscounted, cut, new Horizon(horizon)).Value.Minor);
            return Summary(cut, until, predicted, actual);
        }
    }

    /// <summary>How an ensemble does on the last part of a history; null where what was before does not carry one.</summary>
    /// <param name="pooling">Trains the ensemble.</param>
    /// <param name="past">The history.</param>
    /// <param name="task">What is forecast.</param>
    /// <param name="cancellation">Stops between models.</param>
    internal static HoldoutSummary? Judge(Stacking pooling, StoreHistory past, ForecastTask task, CancellationToken cancellation)
    {
        if (CutOf(past.FirstPurchase, past.End, past.Store.Horizon) is not { } cut)
        {
            return null;
        }

        var before = past.Until(cut);
        var horizon = new Horizon(past.End.DayNumber - cut.DayNumber);
        try
        {
            var (value, _) = pooling.Learn(before, task with { Horizon = horizon }, null, cancellation);
            var market = before.Market.At(cut);
            var predicted = before.Buyers.Select(c => value.Forecast(c.Summary, market, cut, horizon).Value).ToArray();
            return Summary(cut, past.End, predicted, [.. past.OutcomesOf(before, task.Value).Select(o => (double)o.Value.Minor)]);
        }
        catch (FitException)
        {
            return null;
        }
    }

    private static HoldoutSummary Summary(DateOnly cut, DateOnly until, double[] predicted, double[] actual) => new(
        cut, until, actual.Length, Ranking.NormalisedGini(predicted, actual), Ranking.Spearman(predicted, actual),
        actual.Sum() > 0 ? (predicted.Sum() / actual.Sum()) - 1 : null);
}
