using ClvOrleans.Domain.Stock;

namespace ClvOrleans.Storage.Stock;

/// <summary>A product that changed.</summary>
/// <param name="Revision">The revision that changed it last.</param>
/// <param name="Product">The shop's id.</param>
/// <param name="Stock">The product now; null where it was removed.</param>
public sealed record StockChange(long Revision, string Product, ProductStock? Stock);
