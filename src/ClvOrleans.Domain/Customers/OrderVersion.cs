using System.Collections.Immutable;
using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Events;

namespace ClvOrleans.Domain.Customers;

/// <summary>What one event said of an order, with the event's place in time.</summary>
/// <param name="At">When it happened.</param>
/// <param name="Key">The event; it decides between events of one instant.</param>
/// <param name="Value">The order's value.</param>
/// <param name="Cost">What it cost the shop; null where unknown.</param>
/// <param name="Discount">Discount given.</param>
/// <param name="Coupon">Coupon code used.</param>
/// <param name="Lines">The products bought.</param>
public sealed record OrderVersion(
    DateTimeOffset At, EventKey Key, Money? Value, Money? Cost, Money? Discount, string? Coupon, ImmutableArray<ProductLine> Lines)
{
    /// <summary>Reads the order of an event.</summary>
    public static OrderVersion Of(CustomerEvent e, OrderFacts order) =>
        new(e.At, e.Key, order.Value, order.Cost, order.Discount, order.Coupon, e.Products);

    /// <summary>Whether this version is the earlier one; the event's key decides a tie, so arrival never does.</summary>
    public bool IsBefore(OrderVersion? other) =>
        other is null || At < other.At || (At == other.At && Key < other.Key);
}
