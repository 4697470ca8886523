using ClvOrleans.Policies;
using ClvOrleans.Policies.Deliveries;

namespace ClvOrleans.Storage.Deliveries;

/// <summary>How many deliveries of a channel are in a state.</summary>
/// <param name="Channel">The channel.</param>
/// <param name="State">The state.</param>
/// <param name="Reason">Why, of those that were cancelled; null of all others.</param>
/// <param name="Count">How many.</param>
public sealed record DeliveryCount(ActionChannel Channel, DeliveryState State, string? Reason, long Count);
