namespace ClvOrleans.Grains.Telemetry;

/// <summary>How old the figures of a shard are.</summary>
/// <param name="Oldest">Day of the oldest estimate.</param>
/// <param name="Waiting">How many estimates are late.</param>
/// <param name="Failed">Those of them that a model failed on.</param>
public readonly record struct ShardFigures(DateOnly Oldest, long Waiting, long Failed);
