using ClvOrleans.Model.Customers;
using ClvOrleans.Model.Estimates;
using ClvOrleans.Model.Lifetime;
using ClvOrleans.Model.Market;
using ClvOrleans.Model.Stores;
using ClvOrleans.Training.Backtests.Metrics;

namespace ClvOrleans.Training;

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
        var actual = Array.ConvertAll(buyers, c => (double)c.PurchaseDays.Where(d => d.Day > cut && d.Day <= until).Sum(d => d.Net.Minor));
        var judged = trials.ToDictionary(t => t.Id, t => Of(new BuyTillYouDieModel(t)));
        return [.. versions.Select(v => v with { Holdout = judged.GetValueOrDefault(v.Id) })];

        HoldoutSummary Of(BuyTillYouDieModel model)
        {
            var undiscounted = store with { AnnualDiscountRate = 0 };
            var predicted = Array.ConvertAll(buyers, c => (double)model.Estimate(c, market, undiscounted, cut, new Horizon(horizon)).Value.Minor);
            var total = actual.Sum();
            return new HoldoutSummary(
                cut, until, buyers.Length, Ranking.NormalisedGini(predicted, actual), Ranking.Spearman(predicted, actual),
                total > 0 ? (predicted.Sum() / total) - 1 : null);
        }
    }
}
