using System.Collections.Immutable;
using ClvOrleans.Model.Segments;

namespace ClvOrleans.Contracts;

/// <summary>What the customers of a shard add up to.</summary>
[Immutable, GenerateSerializer, Alias("clv.shardsums")]
public sealed record ShardSums([property: Id(0)] ImmutableDictionary<SegmentCell, SegmentSums> Cells);
