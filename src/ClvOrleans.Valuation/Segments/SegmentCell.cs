namespace ClvOrleans.Valuation.Segments;

/// <summary>Where a customer is counted: tiers are cut from buckets at reading, so a moved threshold asks no customer.</summary>
/// <param name="Lifecycle">Lifecycle of the customer.</param>
/// <param name="Bucket">Bucket of the predicted value; see <see cref="ValueBucket"/>.</param>
public readonly record struct SegmentCell(Lifecycle Lifecycle, int Bucket);
