using ClvOrleans.Domain.Currencies;

namespace ClvOrleans.Domain.Customers;

/// <summary>A refund that was reported by itself.</summary>
/// <param name="At">When it was made.</param>
/// <param name="Amount">The amount; null for all of the order.</param>
public sealed record OrderRefund(DateTimeOffset At, Money? Amount);
