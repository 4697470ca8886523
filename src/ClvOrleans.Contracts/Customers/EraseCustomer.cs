namespace ClvOrleans.Contracts.Customers;

/// <summary>Asks a customer to be erased.</summary>
/// <param name="Suppress">Whether later events are dropped too, until somebody unsuppresses them.</param>
/// <param name="At">When it was asked for.</param>
[Immutable, GenerateSerializer, Alias("clv.erase")]
public sealed record EraseCustomer([property: Id(0)] bool Suppress, [property: Id(1)] DateTimeOffset At);
