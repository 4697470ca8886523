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
/// <param name="Refunded">
/// What had been taken back of the value in all, where the shop states how the order is now (<see cref="CustomerEvent.IsStatement"/>); null
/// where it does not say.
/// </param>
public sealed record OrderFacts(
    string OrderId, Money? Value = null, Money? Cost = null, Money? Discount = null, string? Coupon = null, Money? Refunded = null);
