using System.Collections.Immutable;

namespace ClvOrleans.Valuation.Segments;

/// <summary>The own segments of a store.</summary>
/// <param name="Revision">Number of the last change of any of them; 0 where there never was one.</param>
/// <param name="All">Those that are defined, by name.</param>
public sealed record SegmentDefinitions(long Revision, ImmutableArray<SegmentDefinition> All)
{
    /// <summary>A store without any.</summary>
    public static readonly SegmentDefinitions None = new(0, []);
}
