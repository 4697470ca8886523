namespace ClvOrleans.Storage.CustomerRows;

/// <summary>A row's place in a sorted list.</summary>
/// <param name="Key">Value of the sorted column: minor units, or a day's number.</param>
/// <param name="Customer">The customer, as in <see cref="Domain.Customers.CustomerId.ToText"/>.</param>
public sealed record CustomerRowPosition(long Key, string Customer);
