using System.Collections.Immutable;
using ClvOrleans.Valuation.Segments;

namespace ClvOrleans.Contracts.Segments;

/// <summary>
/// What the customers of a store add up to, by lifecycle and tier, and the cuts of the tiers. Commits up to <see cref="At"/> are in.
/// <see cref="Waiting"/> estimates are of another day (none before <see cref="OldestEstimate"/>), model or market calendar; of these, a
/// model has failed on <see cref="Failed"/>, which are tried again with the next day, model or calendar. <see cref="Age"/> is how long ago
/// the report was made, whatever became of the clock since.
/// </summary>
[Immutable, GenerateSerializer, Alias("clv.segments")]
public sealed record SegmentReport(
    [property: Id(0)] DateTimeOffset At, [property: Id(1)] TierThresholds Thresholds, [property: Id(2)] ImmutableArray<SegmentRow> Rows,
    [property: Id(3)] DateOnly OldestEstimate, [property: Id(4)] long Waiting, [property: Id(5)] long Failed = 0,
    [property: Id(6)] TimeSpan Age = default);
