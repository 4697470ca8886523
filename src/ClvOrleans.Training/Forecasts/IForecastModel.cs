using ClvOrleans.Statistics.Fitting;
using ClvOrleans.Training.Histories;

namespace ClvOrleans.Training.Forecasts;

/// <summary>A model that can be backtested and chosen: it learns from a history and forecasts the days after it.</summary>
public interface IForecastModel
{
    /// <summary>Name, as in <c>--models</c> and in the tables.</summary>
    string Name { get; }

    /// <summary>Learns from the past. Targets are what came in windows of it.</summary>
    /// <param name="past">The past.</param>
    /// <param name="task">What is forecast.</param>
    /// <exception cref="FitException">The data do not carry the model; the message says why.</exception>
    IForecaster Fit(StoreHistory past, ForecastTask task);

    /// <summary>
    /// The earlier days as of which <see cref="Fit"/>, and the forecaster that it gives, ask the history for customers; none by default.
    /// They are collected before the fit.
    /// </summary>
    /// <param name="span">The days of the history.</param>
    /// <param name="task">What is forecast.</param>
    IEnumerable<DateOnly> AsOfDays(HistorySpan span, ForecastTask task) => [];
}
