using System.Collections.Immutable;
using ClvOrleans.Valuation.Segments;

namespace ClvOrleans.Contracts.Segments;

/// <summary>
/// What the customers of a shard add up to, the day of its oldest estimate, how many of its estimates are stale, and how many of these
/// a model has failed on.
/// </summary>
[Immutable, GenerateSerializer, Alias("clv.shardsums")]
public sealed record ShardSums(
    [property: Id(0)] ImmutableDictionary<SegmentCell, SegmentSums> Cells, [property: Id(1)] DateOnly OldestEstimate,
    [property: Id(2)] long Waiting, [property: Id(3)] long Failed = 0)
{
    /// <summary>What the members of each own segment add up to, by name; null from a silo of an earlier version.</summary>
    [Id(4)]
    public ImmutableSortedDictionary<string, SegmentSums>? OwnSegments { get; init; }

    /// <summary>
    /// Revision of the definitions by which customers are looked at; those who wait may have been looked at by earlier ones.
    /// </summary>
    [Id(5)]
    public long Definitions { get; init; }

    /// <summary>What the customers of each cell of the RFM grid add up to, by its name; null from a silo of an earlier version.</summary>
    [Id(6)]
    public ImmutableSortedDictionary<string, SegmentSums>? Rfm { get; init; }

    /// <summary>What the customers of each cluster add up to, by id; null from a silo of an earlier version.</summary>
    [Id(7)]
    public ImmutableSortedDictionary<string, SegmentSums>? Clusters { get; init; }
}
