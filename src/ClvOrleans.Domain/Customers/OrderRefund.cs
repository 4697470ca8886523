using ClvOrleans.Domain.Currencies;

namespace ClvOrleans.Domain.Customers;

/// <summary>One refund of an order.</summary>
/// <param name="At">When it was made.</param>
/// <param name="Amount">What was paid back; null for all of the order.</param>
public sealed record OrderRefund(DateTimeOffset At, Money? Amount);
