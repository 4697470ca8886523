using ClvOrleans.Domain.Currencies;
using ClvOrleans.Valuation.Segments;

namespace ClvOrleans.Reports.Marketing;

/// <summary>Where a buyer is as of a day.</summary>
/// <param name="Lifecycle">The lifecycle.</param>
/// <param name="Bucket">Bucket of the predicted value, from which tiers are cut.</param>
/// <param name="Segments">The own segments.</param>
/// <param name="Predicted">The predicted value.</param>
public readonly record struct BuyerPlace(Lifecycle Lifecycle, int Bucket, SegmentSet Segments, Money Predicted);
