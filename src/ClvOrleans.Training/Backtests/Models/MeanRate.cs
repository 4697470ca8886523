using ClvOrleans.Model.Currencies;

namespace ClvOrleans.Training.Backtests.Models;

/// <summary>
/// Everyone goes on as so far: all spend divided by the days since the first purchase, at least four weeks of them, times the days to
/// come; the classical average order value × frequency × time.
/// </summary>
internal sealed class MeanRate : IForecastModel
{
    private const double LeastDays = 28;

    public string Name => "naive: mean rate";

    public IForecaster Fit(StoreHistory past, ForecastTask task) => new Fitted(past, task);

    private sealed class Fitted(StoreHistory past, ForecastTask task) : IForecaster
    {
        public string Description => "all spend so far, by the day";

        public IReadOnlyList<Forecast> Forecast(IReadOnlyList<CustomerPast> customers) => [.. customers.Select(c =>
        {
            var all = Outcome.Of(c.Summary, Money.Zero, DateOnly.MinValue, past.End, task.Value, past.Store);
            var share = task.Horizon.Days / Math.Max(LeastDays, past.End.DayNumber - c.FirstPurchase.DayNumber);
            return new Forecast(all.Value.Minor * share, all.Orders * share);
        })];
    }
}
