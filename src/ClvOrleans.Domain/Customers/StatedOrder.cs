using ClvOrleans.Domain.Events;

namespace ClvOrleans.Domain.Customers;

/// <summary>The last statement of an export about an order.</summary>
/// <param name="Version">Its value and products.</param>
/// <param name="Statement">What the order is, and as of when.</param>
public sealed record StatedOrder(OrderVersion Version, OrderStatement Statement)
{
    /// <summary>Whether this one is the earlier; the event's key decides a tie.</summary>
    public bool IsBefore(StatedOrder other) =>
        Statement.IsBefore(other.Statement) || (!other.Statement.IsBefore(Statement) && Version.Key < other.Version.Key);
}
