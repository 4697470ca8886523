using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Policies;
using ClvOrleans.Policies.Deliveries;

namespace ClvOrleans.Storage.Deliveries;

/// <summary>Which deliveries are asked for; what is null does not matter.</summary>
/// <param name="Store">The store.</param>
/// <param name="State">Their state.</param>
/// <param name="Channel">Their channel.</param>
/// <param name="Topic">Their topic.</param>
/// <param name="Subscription">Their subscription.</param>
/// <param name="Customers">Customers as they were when it was decided.</param>
public sealed record DeliveryQuery(
    StoreId Store, DeliveryState? State = null, ActionChannel? Channel = null, string? Topic = null, string? Subscription = null,
    IReadOnlyCollection<CustomerId>? Customers = null);
