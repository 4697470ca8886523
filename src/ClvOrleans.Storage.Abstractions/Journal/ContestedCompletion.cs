using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Events;

namespace ClvOrleans.Storage.Journal;

/// <summary>
/// The completion of an order that another customer owns. It counts for nobody; if the sender and the owner turn out to be one person, it
/// is one of that person's events.
/// </summary>
/// <param name="Sender">Who sent it, or who they have become.</param>
/// <param name="Event">The event.</param>
public sealed record ContestedCompletion(CustomerId Sender, CustomerEvent Event);
