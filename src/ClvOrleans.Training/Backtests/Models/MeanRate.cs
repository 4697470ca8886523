using ClvOrleans.Model.Currencies;

namespace ClvOrleans.Training.Backtests.Models;

/// <summary>Everyone goes on as in the mean of all days so far: average order value times frequency times time.</summary>
internal sealed class MeanRate : IForecastModel
{
    public string Name => "naive: mean rate";

    public IForecaster Fit(StoreHistory past, ForecastTask task) => new Fitted(past, task);

    private sealed class Fitted(StoreHistory past, ForecastTask task) : IForecaster
    {
        public string Description => "all spend so far, by the day";

        public IReadOnlyList<Forecast> Forecast(IReadOnlyList<CustomerPast> customers) => [.. customers.Select(c =>
        {
            var all = Outcome.Of(c.Summary, Money.Zero, DateOnly.MinValue, past.End, task.Value, past.Store);
            var share = task.Horizon.Days / Math.Max(past.End.DayNumber - c.Summary.PurchaseDays[0].Day.DayNumber, task.Horizon.Days);
            return new Forecast(all.Value.Minor * share, all.Orders * share);
        })];
    }
}
