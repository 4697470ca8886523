using ClvOrleans.Model.Currencies;
using ClvOrleans.Model.Customers;

namespace ClvOrleans.Training.Backtests.Models;

/// <summary>The next window will be like the last one of equal length: the naive rule that is hardest to beat in a steady shop.</summary>
internal sealed class LastWindowSpend : IForecastModel
{
    public string Name => "naive: spend of the last window";

    public IForecaster Fit(StoreHistory past, ForecastTask task)
    {
        var start = past.End.DayNumber > task.Horizon.Days ? past.End.AddDays(-task.Horizon.Days) : DateOnly.MinValue;
        var credits = past.Until(start).Customers.ToDictionary(c => c.Id, c => c.Summary.Credits);
        return new Fitted(past, task, start, credits);
    }

    private sealed class Fitted(StoreHistory past, ForecastTask task, DateOnly start, Dictionary<CustomerId, Money> credits) : IForecaster
    {
        public string Description => $"the last {task.Horizon.Days} days again";

        public IReadOnlyList<Forecast> Forecast(IReadOnlyList<CustomerPast> customers) => [.. customers.Select(c =>
        {
            var last = Outcome.Of(c.Summary, credits.GetValueOrDefault(c.Id), start, past.End, task.Value, past.Store);
            return new Forecast(last.Value.Minor, last.Orders);
        })];
    }
}
