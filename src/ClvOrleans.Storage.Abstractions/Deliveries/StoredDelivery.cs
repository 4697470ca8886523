using ClvOrleans.Policies.Deliveries;

namespace ClvOrleans.Storage.Deliveries;

/// <summary>A delivery of a list.</summary>
/// <param name="Number">Counts the deliveries of the storage in the order in which they were added: where the next page begins.</param>
/// <param name="Delivery">The delivery.</param>
public sealed record StoredDelivery(long Number, Delivery Delivery);
