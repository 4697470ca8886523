using ClvOrleans.Domain.Customers;

namespace ClvOrleans.Server.Deliveries;

/// <summary>Whom a link of an e-mail is for, and what it unsubscribes from.</summary>
/// <param name="Customer">The customer.</param>
/// <param name="Channel">Name of the channel.</param>
/// <param name="Topic">The topic of the e-mail.</param>
/// <param name="DeliveryId">The e-mail.</param>
internal sealed record LinkToken(CustomerId Customer, string Channel, string Topic, string DeliveryId);
