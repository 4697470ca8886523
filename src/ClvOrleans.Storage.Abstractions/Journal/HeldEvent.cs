using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Events;

namespace ClvOrleans.Storage.Journal;

/// <summary>A refund, update or cancellation of an order that no customer has placed yet: it waits for the order's owner.</summary>
/// <param name="Sender">Who sent it.</param>
/// <param name="Event">The event.</param>
public sealed record HeldEvent(CustomerId Sender, CustomerEvent Event);
