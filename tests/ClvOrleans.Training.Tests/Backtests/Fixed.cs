using ClvOrleans.Domain.Customers;
using ClvOrleans.Training.Forecasts;
using ClvOrleans.Training.Histories;

namespace ClvOrleans.Training.Tests.Backtests;

/// <summary>A model that learns nothing and forecasts as it is told.</summary>
internal sealed class Fixed(Func<AsOfSnapshot, Forecast> forecast) : IForecastModel, IForecaster
{
    public string Name { get; init; } = "fixed";

    public string Description => "as told";

    public IForecaster Fit(StoreHistory past, ForecastTask task) => this;

    public IReadOnlyList<Forecast> Forecast(IReadOnlyList<AsOfSnapshot> customers) => [.. customers.Select(forecast)];
}
