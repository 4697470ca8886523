using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Events;

namespace ClvOrleans.Grains.Customers;

/// <summary>An event on its way.</summary>
/// <param name="Index">Its place among the events that were sent together.</param>
/// <param name="Customer">Who is to record it.</param>
/// <param name="Event">The event.</param>
internal readonly record struct AddressedEvent(int Index, CustomerId Customer, CustomerEvent Event);
