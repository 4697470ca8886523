using ClvOrleans.Statistics.Fitting;

namespace ClvOrleans.Training.Backtests;

/// <summary>A model that can be backtested and chosen: it learns from a history and forecasts the days after it.</summary>
public interface IForecastModel
{
    /// <summary>Name, as in <c>--models</c> and in the tables.</summary>
    string Name { get; }

    /// <summary>
    /// Learns from the past. Targets for training are made by cutting it: <c>past.OutcomesOf(past.Until(day), task.Value)</c>.
    /// </summary>
    /// <exception cref="FitException">The data do not carry the model; the message says why.</exception>
    IForecaster Fit(StoreHistory past, ForecastTask task);
}
