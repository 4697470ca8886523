using ClvOrleans.Domain.Stores;

namespace ClvOrleans.Training.Forecasts;

/// <summary>What is to be forecast for every buyer of a history.</summary>
/// <param name="Value">Which value of the purchases.</param>
/// <param name="Horizon">In how many days after the history's end.</param>
/// <param name="Seed">Decides all that is random in a model: the same seed gives the same forecasts.</param>
public sealed record ForecastTask(ValueKind Value, Horizon Horizon, int Seed = 1)
{
    /// <summary>Whether forecasts of models that can have <see cref="Forecast.Quantiles"/>, by which whole distributions are
    /// judged.</summary>
    public bool WithQuantiles { get; init; }
}
