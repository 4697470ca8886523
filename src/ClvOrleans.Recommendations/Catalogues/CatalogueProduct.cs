using ClvOrleans.Domain.Currencies;

namespace ClvOrleans.Recommendations.Catalogues;

/// <summary>A product that the store has sold.</summary>
/// <param name="Id">The shop's id.</param>
/// <param name="Category">The shop's category; null where unknown.</param>
/// <param name="Price">Price of one unit; null where unknown, and zero for a gift.</param>
public sealed record CatalogueProduct(string Id, string? Category = null, Money? Price = null);
