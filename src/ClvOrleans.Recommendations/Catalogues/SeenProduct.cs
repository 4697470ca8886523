using ClvOrleans.Domain.Currencies;

namespace ClvOrleans.Recommendations.Catalogues;

/// <summary>What was seen last of a product.</summary>
/// <param name="Id">The shop's id.</param>
/// <param name="Category">Its last category; null where none was seen.</param>
/// <param name="CategoryAt">When that was.</param>
/// <param name="Price">Its last price; null where none was seen.</param>
/// <param name="PriceAt">When that was.</param>
public sealed record SeenProduct(string Id, string? Category, DateTimeOffset CategoryAt, Money? Price, DateTimeOffset PriceAt);
