using System.Collections.Immutable;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Valuation.Levels;

namespace ClvOrleans.Valuation.Intervals;

/// <summary>What past windows told of how values lie around what a model expects.</summary>
/// <param name="Shape">How customers' values do at the level that came; null where too few were seen.</param>
/// <param name="LevelErrors">How far the level may be off, by horizon, the shortest first; empty where nothing tells it.</param>
public sealed record IntervalCalibration(ValueShape? Shape, ImmutableArray<HorizonError> LevelErrors)
{
    /// <summary>
    /// The error of a level of which no past window tells anything: within a factor of 1.5 either way in four of five cases.
    /// </summary>
    public static LevelError UnknownError { get; } = new(3, .25);

    /// <summary>Of a model of which nothing is known.</summary>
    public static IntervalCalibration None { get; } = new(null, []);

    /// <summary>How far the level may be off within a horizon.</summary>
    public LevelError ErrorOf(Horizon horizon) => LevelErrors.IsDefaultOrEmpty ? UnknownError : HorizonError.At(LevelErrors, horizon);
}
