using System.Collections.Immutable;
using ClvOrleans.Valuation.Segments;

namespace ClvOrleans.Contracts.Segments;

/// <summary>
/// What the customers of a shard add up to, the day of its oldest estimate, how many of its estimates are stale, and how many of these
/// a model has failed on.
/// </summary>
[Immutable, GenerateSerializer, Alias("clv.shardsums")]
public sealed record ShardSums(
    [property: Id(0)] ImmutableDictionary<SegmentCell, SegmentSums> Cells, [property: Id(1)] DateOnly OldestEstimate, [property: Id(2)] long Waiting,
    [property: Id(3)] long Failed = 0);
