using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Segments;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Valuation.Segments;

namespace ClvOrleans.Storage.CustomerRows;

/// <summary>A page of the list of customers.</summary>
/// <param name="Store">The store.</param>
/// <param name="Lifecycle">Only of this lifecycle; null for all.</param>
/// <param name="FromBucket">Lowest bucket of predicted value.</param>
/// <param name="BelowBucket">Bucket above the highest one.</param>
/// <param name="Sort">Order of the list; descending, by id where equal.</param>
/// <param name="Limit">Rows to return, 1 to 1,000.</param>
/// <param name="After">Where the last page ended; null for the first.</param>
/// <param name="Buyers">Only those who have bought.</param>
/// <param name="LeastPredicted">Only of this predicted value or more.</param>
/// <param name="Segment">Only members of this own segment; null for all.</param>
public sealed record CustomerRowQuery(
    StoreId Store, Lifecycle? Lifecycle, int FromBucket, int BelowBucket, CustomerRowSort Sort, int Limit, CustomerRowPosition? After,
    bool Buyers = false, Money LeastPredicted = default, SegmentId? Segment = null);
