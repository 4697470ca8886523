using ClvOrleans.Domain.Customers;

namespace ClvOrleans.Storage.Deliveries;

/// <summary>What a subscription has not been told yet.</summary>
/// <param name="Audience">Name of the audience.</param>
/// <param name="Customer">The customer.</param>
/// <param name="IsIn">Whether they came; otherwise they left.</param>
/// <param name="Number">The number of the telling: 1 for the first of the customer, and one more each time.</param>
public sealed record AudienceNews(string Audience, CustomerId Customer, bool IsIn, long Number);
