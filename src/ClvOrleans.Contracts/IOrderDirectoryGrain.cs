using System.Collections.Immutable;
using ClvOrleans.Model.Customers;
using ClvOrleans.Model.Events;

namespace ClvOrleans.Contracts;

/// <summary>Knows whose order an order is: a refund is charged to its owner, whoever sends it, and an order counts for one customer only.</summary>
[Alias("clv.orders")]
public interface IOrderDirectoryGrain : IGrainWithStringKey
{
    /// <summary>Finds or makes the owners of orders, in the order of the queries.</summary>
    [Alias("resolve")]
    Task<ImmutableArray<OrderOwner>> ResolveAsync(ImmutableArray<OrderQuery> queries);

    /// <summary>Keeps an event durably until its order is placed. Gives the owner instead if it was placed meanwhile.</summary>
    [Alias("hold")]
    Task<CustomerId?> HoldAsync(string orderId, CustomerId sender, CustomerEvent held);

    /// <summary>Forgets held events that their owner has made durable.</summary>
    [Alias("release")]
    Task ReleaseAsync(string orderId);
}
