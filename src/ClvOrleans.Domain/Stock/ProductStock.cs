using ClvOrleans.Domain.Currencies;

namespace ClvOrleans.Domain.Stock;

/// <summary>What the shop says of a product that it sells; null where it says nothing.</summary>
/// <param name="Product">The shop's id.</param>
/// <param name="At">The time of the last statement.</param>
/// <param name="Units">Units in stock; below zero where more were sold than there were.</param>
/// <param name="Price">Price of one unit now.</param>
/// <param name="IsPromoted">Whether it is at a special price.</param>
/// <param name="Category">Its category.</param>
/// <param name="LeadDays">Days from an order at the supplier to the goods in stock.</param>
public sealed record ProductStock(
    string Product, DateTimeOffset At, long? Units = null, Money? Price = null, bool IsPromoted = false, string? Category = null,
    int? LeadDays = null)
{
    /// <summary>Whether none can be sold. A product whose units are not known can.</summary>
    public bool IsOut => Units <= 0;
}
