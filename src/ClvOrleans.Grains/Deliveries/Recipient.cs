using ClvOrleans.Domain.Customers;

namespace ClvOrleans.Grains.Deliveries;

/// <summary>Whom a delivery goes to.</summary>
/// <param name="Customer">The customer as of now.</param>
/// <param name="Address">Their e-mail address; null where none is known.</param>
/// <param name="Name">Their name; null where none is known.</param>
public sealed record Recipient(CustomerId Customer, string? Address, string? Name);
