namespace ClvOrleans.Training.Backtests.Models;

/// <summary>Nobody buys again: what a model must beat on more than the mean absolute error, where this row is hard to beat.</summary>
internal sealed class AllZero : IForecastModel, IForecaster
{
    public string Name => "all zero";

    public string Description => "nobody buys again";

    public IForecaster Fit(StoreHistory past, ForecastTask task) => this;

    public IReadOnlyList<Forecast> Forecast(IReadOnlyList<CustomerPast> customers) =>
        [.. customers.Select(_ => Backtests.Forecast.OfRate(0, 0))];
}
