using ClvOrleans.Domain.Customers;
using ClvOrleans.Valuation.Segments;

namespace ClvOrleans.Storage.CustomerRows;

/// <summary>The row of a customer in the read model, written in one transaction with their events.</summary>
public sealed record CustomerRow
{
    /// <summary>The customer.</summary>
    public required CustomerId Id { get; init; }

    /// <summary>Number of the customer's last journal entry; the revision of everything derived from it.</summary>
    public required long Sequence { get; init; }

    /// <summary>What models read.</summary>
    public required CustomerSummary Summary { get; init; }

    /// <summary>What the customer adds to reports.</summary>
    public required Contribution Contribution { get; init; }
}
