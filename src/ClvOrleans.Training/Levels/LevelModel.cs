using ClvOrleans.Training.Forecasts;
using ClvOrleans.Training.Histories;

namespace ClvOrleans.Training.Levels;

/// <summary>The level of a store as a model by itself: it knows cohorts and no customers.</summary>
internal sealed class LevelModel : IForecastModel
{
    public string Name => "level";

    public IForecaster Fit(StoreHistory past, ForecastTask task) => new LevelForecaster(LevelFit.Of(past, task.Value), task);
}
