using ClvOrleans.Domain.Customers;

namespace ClvOrleans.Storage.Privacy;

/// <summary>An audience that a subscription was told somebody is in.</summary>
/// <param name="Subscription">The subscription.</param>
/// <param name="Since">Since when anything is sent to it.</param>
/// <param name="Customer">Who.</param>
/// <param name="Audience">Name of the audience.</param>
/// <param name="Number">The number of the telling.</param>
public sealed record ToldAudience(string Subscription, DateTimeOffset Since, CustomerId Customer, string Audience, long Number);
