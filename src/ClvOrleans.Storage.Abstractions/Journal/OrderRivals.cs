using ClvOrleans.Domain.Customers;

namespace ClvOrleans.Storage.Journal;

/// <summary>Those who have completed the same orders as a customer without being known as the same person.</summary>
/// <param name="Customer">The customer asked for, or who they have become.</param>
/// <param name="Others">The others.</param>
public sealed record OrderRivals(CustomerId Customer, IReadOnlyList<CustomerId> Others);
