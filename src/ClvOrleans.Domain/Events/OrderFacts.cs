using ClvOrleans.Domain.Currencies;

namespace ClvOrleans.Domain.Events;

/// <summary>What an event says of an order.</summary>
/// <param name="OrderId">The shop's order id: revenue is counted once by it.</param>
/// <param name="Value">
/// The order's value in the store's currency: revenue, else subtotal, else total - shipping - tax, else Σ price x quantity - discount.
/// Null in an update or cancellation that names none.
/// </param>
/// <param name="Cost">What the order cost the shop; null where unknown.</param>
/// <param name="Discount">Discount given.</param>
/// <param name="Coupon">Coupon code used.</param>
public sealed record OrderFacts(string OrderId, Money? Value = null, Money? Cost = null, Money? Discount = null, string? Coupon = null);
