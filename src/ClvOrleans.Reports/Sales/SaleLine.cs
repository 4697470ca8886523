using ClvOrleans.Domain.Currencies;

namespace ClvOrleans.Reports.Sales;

/// <summary>One product of a purchase.</summary>
/// <param name="Product">The shop's id of it; null where the order does not say.</param>
/// <param name="Category">Its category; null where the order does not say.</param>
/// <param name="Units">Units, at least 0.</param>
/// <param name="Net">Its part of what the order brought after refunds: the lines of an order add up to the order.</param>
public readonly record struct SaleLine(string? Product, string? Category, int Units, Money Net);
