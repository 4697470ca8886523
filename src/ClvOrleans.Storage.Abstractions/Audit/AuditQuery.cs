using ClvOrleans.Domain.Stores;

namespace ClvOrleans.Storage.Audit;

/// <summary>Which entries are asked for; null is any.</summary>
/// <param name="Store">The store.</param>
/// <param name="Caller">Id of the credential.</param>
/// <param name="Action">What was done.</param>
/// <param name="Customer">Id of a customer that it was done to.</param>
/// <param name="Since">Not before.</param>
public sealed record AuditQuery(
    StoreId Store, string? Caller = null, AuditAction? Action = null, string? Customer = null, DateTimeOffset? Since = null);
