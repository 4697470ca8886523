using ClvOrleans.Policies.Deliveries;

namespace ClvOrleans.Server.Api.Replies;

/// <summary>How many deliveries of a channel are in a state.</summary>
/// <param name="Channel">webhook, email, audience or slot.</param>
/// <param name="State">Waiting, Handed, Sent, Dead or Cancelled.</param>
/// <param name="Reason">Why, of those that were cancelled.</param>
/// <param name="Count">How many.</param>
internal sealed record DeliveryCountReply(string Channel, DeliveryState State, string? Reason, long Count);
