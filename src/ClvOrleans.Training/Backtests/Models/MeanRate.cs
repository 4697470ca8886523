using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Training.Forecasts;
using ClvOrleans.Training.Histories;

namespace ClvOrleans.Training.Backtests.Models;

/// <summary>
/// Everyone goes on as so far: all spend divided by the days since the first purchase, at least four weeks of them, times the days to
/// come; the classical average order value × frequency × time.
/// </summary>
internal sealed class MeanRate : IForecastModel
{
    private const double LeastDays = 28;

    public string Name => "naive: mean rate";

    /// <summary>Days since the first purchase, four weeks at least.</summary>
    public static double DaysSoFar(AsOfSnapshot customer, DateOnly end) =>
        Math.Max(LeastDays, end.DayNumber - customer.FirstPurchase.DayNumber);

    public IForecaster Fit(StoreHistory past, ForecastTask task) => new Fitted(past, task);

    private sealed class Fitted(StoreHistory past, ForecastTask task) : IForecaster
    {
        public string Description => "all spend so far, by the day";

        public IReadOnlyList<Forecast> Forecast(IReadOnlyList<AsOfSnapshot> customers) => [.. customers.Select(c =>
        {
            var all = HoldoutOutcome.Of(c.Summary, Money.Zero, DateOnly.MinValue, past.End, task.Value, past.Store);
            var share = task.Horizon.Days / DaysSoFar(c, past.End);
            return Forecasts.Forecast.OfRate((double)all.Value.Minor * share, all.Orders * share);
        })];
    }
}
