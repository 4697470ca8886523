using ClvOrleans.Valuation.Segments;

namespace ClvOrleans.Contracts.Segments;

/// <summary>One segment.</summary>
[Immutable, GenerateSerializer, Alias("clv.segment")]
public sealed record SegmentRow(
    [property: Id(0)] Lifecycle Lifecycle, [property: Id(1)] ValueTier? Tier, [property: Id(2)] SegmentSums Sums)
{
    /// <summary>The segment's name: <c>at-risk.top-5</c>; prospects have no tier.</summary>
    public string Name => SegmentNames.Format(Lifecycle, Tier);
}
