using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Events;

namespace ClvOrleans.Storage.Postgres;

/// <summary>An event of the journal with its bytes.</summary>
/// <param name="Customer">The customer.</param>
/// <param name="Sequence">Its number among the customer's.</param>
/// <param name="Event">The event.</param>
/// <param name="Payload">The bytes.</param>
internal readonly record struct PreparedEvent(CustomerId Customer, long Sequence, CustomerEvent Event, byte[] Payload);
