using ClvOrleans.Contracts.Segments;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Valuation.Intervals;
using ClvOrleans.Valuation.Segments;

namespace ClvOrleans.Server.Api.Replies;

/// <summary>An own segment: its definition, and what its members add up to.</summary>
/// <param name="Definition">The present definition.</param>
/// <param name="Total">Its members.</param>
/// <param name="Customers">Where they are listed.</param>
internal sealed record OwnSegmentReply(SegmentDefinitionReply Definition, SegmentValues Total, string Customers)
{
    public static OwnSegmentReply Of(SegmentDefinition definition, SegmentReport report, StoreSettings store, ValueIntervals intervals) =>
        new(
            SegmentDefinitionReply.Of(definition),
            SegmentValues.OfAnyBounds(
                definition.Id.Value, report.OwnSegments?.GetValueOrDefault(definition.Id.Value) ?? default, store, intervals),
            $"/api/v1/own-segments/{definition.Id}/customers");
}
