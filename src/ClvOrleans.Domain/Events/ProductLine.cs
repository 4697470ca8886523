using ClvOrleans.Domain.Currencies;

namespace ClvOrleans.Domain.Events;

/// <summary>One product of an event.</summary>
/// <param name="ProductId">The shop's product id, else its sku; null where neither was sent.</param>
/// <param name="Category">The shop's category.</param>
/// <param name="Price">Price of one unit in the store's currency.</param>
/// <param name="Quantity">Units; at least 0.</param>
public sealed record ProductLine(string? ProductId, string? Category = null, Money? Price = null, int Quantity = 1);
