using ClvOrleans.Domain.Customers;
using ClvOrleans.Training.Forecasts;
using ClvOrleans.Training.Histories;

namespace ClvOrleans.Training.Backtests.Models;

/// <summary>Nobody buys again: what a model must beat on more than the mean absolute error, where this row is hard to beat.</summary>
internal sealed class AllZero : IForecastModel, IForecaster
{
    public string Name => "all zero";

    public string Description => "nobody buys again";

    public IForecaster Fit(StoreHistory past, ForecastTask task) => this;

    public IReadOnlyList<Forecast> Forecast(IReadOnlyList<AsOfSnapshot> customers) =>
        [.. customers.Select(_ => Forecasts.Forecast.OfRate(0, 0))];
}
