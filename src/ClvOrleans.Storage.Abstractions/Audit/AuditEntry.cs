using System.Collections.Immutable;
using ClvOrleans.Domain.Stores;

namespace ClvOrleans.Storage.Audit;

/// <summary>What one caller did, once or several times in a moment.</summary>
public sealed record AuditEntry
{
    /// <summary>Number of the entry; 0 before it is kept.</summary>
    public long Id { get; init; }

    /// <summary>The store that it was done in.</summary>
    public required StoreId Store { get; init; }

    /// <summary>When, the first time.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Id of the credential.</summary>
    public required string Caller { get; init; }

    /// <summary>Whose it is.</summary>
    public required string Name { get; init; }

    /// <summary>What was done.</summary>
    public required AuditAction Action { get; init; }

    /// <summary>The endpoint, such as <c>GET /api/v1/customers/{id}/clv</c>.</summary>
    public required string Operation { get; init; }

    /// <summary>What it was done to, such as a policy; empty where that is the store.</summary>
    public string Target { get; init; } = "";

    /// <summary>
    /// Ids of the customers it was done to. They are kept as pseudonyms, and come back as such: the log outlives the erasure of a customer.
    /// </summary>
    public ImmutableArray<string> Customers { get; init; } = [];

    /// <summary>How often.</summary>
    public long Count { get; init; } = 1;

    /// <summary>How it was answered.</summary>
    public required int Status { get; init; }
}
