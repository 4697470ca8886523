using ClvOrleans.Domain.Stores;
using ClvOrleans.Valuation.Intervals;
using ClvOrleans.Valuation.Rfm;
using ClvOrleans.Valuation.Segments;

namespace ClvOrleans.Server.Api.Replies;

/// <summary>A cell of the RFM grid.</summary>
/// <param name="Recency">5 for the fifth who bought last, to 1.</param>
/// <param name="Frequency">5 for the fifth with the most orders, to 1.</param>
/// <param name="Monetary">5 for the fifth who spent the most, to 1.</param>
/// <param name="Group">The named group that it belongs to.</param>
/// <param name="Values">What its customers add up to.</param>
/// <param name="Customers">Where they are listed.</param>
internal sealed record RfmCell(int Recency, int Frequency, int Monetary, string Group, SegmentValues Values, string Customers)
{
    public static RfmCell Of(RfmScore score, SegmentSums sums, StoreSettings store, ValueIntervals intervals) => new(
        score.Recency, score.Frequency, score.Monetary, RfmGroups.Format(RfmGroups.Of(score)),
        SegmentValues.Of(score.ToString(), sums, store, intervals), $"/api/v1/customers?rfm={score}");
}
