using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Training.Forecasts;
using ClvOrleans.Training.Histories;

namespace ClvOrleans.Training.Backtests.Models;

/// <summary>The next window will be like the last one of equal length: the naive rule that is hardest to beat in a steady shop.</summary>
internal sealed class LastWindowSpend : IForecastModel
{
    public string Name => "naive: spend of the last window";

    public IForecaster Fit(StoreHistory past, ForecastTask task) => new Fitted(past, task, StartOf(past.End, task));

    public IEnumerable<DateOnly> AsOfDays(HistorySpan span, ForecastTask task) => [StartOf(span.End, task)];

    private static DateOnly StartOf(DateOnly end, ForecastTask task) =>
        end.DayNumber > task.Horizon.Days ? end.AddDays(-task.Horizon.Days) : DateOnly.MinValue;

    private sealed class Fitted(StoreHistory past, ForecastTask task, DateOnly start) : IForecaster
    {
        public string Description => $"the last {task.Horizon.Days} days again";

        public IReadOnlyList<Forecast> Forecast(IReadOnlyList<AsOfSnapshot> customers) => [.. customers.Select(c =>
        {
            var before = past.Earlier(c, start)?.Summary.Credits ?? Money.Zero;
            var last = HoldoutOutcome.Of(c.Summary, before, start, past.End, task.Value, past.Store);
            return Forecasts.Forecast.OfRate((double)last.Value.Minor, last.Orders);
        })];
    }
}
