namespace ClvOrleans.Valuation.Estimates;

/// <summary>Days from the estimate's day to the next purchase; null where the customer more likely never buys again.</summary>
/// <param name="Early">With 10 % probability it comes within this many days.</param>
/// <param name="Median">With 50 %.</param>
/// <param name="Late">With 90 %.</param>
public sealed record NextOrder(double? Early, double? Median, double? Late);
