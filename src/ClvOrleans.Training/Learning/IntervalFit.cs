using ClvOrleans.Training.Forecasts;
using ClvOrleans.Training.Histories;
using ClvOrleans.Training.Intervals;
using ClvOrleans.Training.Levels;
using ClvOrleans.Valuation.Intervals;
using ClvOrleans.Valuation.Levels;

namespace ClvOrleans.Training.Learning;

/// <summary>Calibrates how values lie around what a model expects: the shape, and how far the store's level may be off.</summary>
internal static class IntervalFit
{
    /// <summary>Around a shape that was calibrated.</summary>
    /// <param name="shape">The shape; null where too few customers were seen.</param>
    /// <param name="level">The store's level; null where nothing tells it: its error is that of one of which nothing is known.</param>
    public static IntervalCalibration Of(ValueShape? shape, StoreLevel? level) => new(shape, level?.Errors ?? []);

    /// <summary>Around a model that is not stacked.</summary>
    /// <param name="model">The model, fitted again in windows of the past.</param>
    /// <param name="past">The past.</param>
    /// <param name="task">What is forecast.</param>
    public static IntervalCalibration Of(IForecastModel model, StoreHistory past, ForecastTask task) =>
        Of(FamilyShape.Of(model, past, task), LevelFit.Find(past, task.Value));
}
