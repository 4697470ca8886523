using ClvOrleans.Domain.Currencies;

namespace ClvOrleans.Domain.Events;

/// <summary>What a refund takes back.</summary>
/// <param name="OrderId">The refunded order; null for a credit note that names none, which lowers the customer's value as a whole.</param>
/// <param name="Amount">The amount; null for all of the order.</param>
public sealed record RefundFacts(string? OrderId, Money? Amount);
