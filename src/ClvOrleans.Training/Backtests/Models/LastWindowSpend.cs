using ClvOrleans.Domain.Currencies;

namespace ClvOrleans.Training.Backtests.Models;

/// <summary>The next window will be like the last one of equal length: the naive rule that is hardest to beat in a steady shop.</summary>
internal sealed class LastWindowSpend : IForecastModel
{
    public string Name => "naive: spend of the last window";

    public IForecaster Fit(StoreHistory past, ForecastTask task)
    {
        var start = past.End.DayNumber > task.Horizon.Days ? past.End.AddDays(-task.Horizon.Days) : DateOnly.MinValue;
        return new Fitted(past, task, start);
    }

    private sealed class Fitted(StoreHistory past, ForecastTask task, DateOnly start) : IForecaster
    {
        public string Description => $"the last {task.Horizon.Days} days again";

        public IReadOnlyList<Forecast> Forecast(IReadOnlyList<CustomerPast> customers) => [.. customers.Select(c =>
        {
            var before = c.Until(start, past.Store)?.Summary.Credits ?? Money.Zero;
            var last = HoldoutOutcome.Of(c.Summary, before, start, past.End, task.Value, past.Store);
            return Backtests.Forecast.OfRate((double)last.Value.Minor, last.Orders);
        })];
    }
}
