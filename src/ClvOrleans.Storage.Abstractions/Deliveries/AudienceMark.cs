using ClvOrleans.Domain.Customers;

namespace ClvOrleans.Storage.Deliveries;

/// <summary>A customer whose place in an audience is to be looked at.</summary>
/// <param name="Audience">Name of the audience.</param>
/// <param name="Customer">The customer.</param>
/// <param name="Marks">How often something has happened to it.</param>
public sealed record AudienceMark(string Audience, CustomerId Customer, long Marks);
