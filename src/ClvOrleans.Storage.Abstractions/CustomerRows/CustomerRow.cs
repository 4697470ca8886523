using ClvOrleans.Domain.Customers;
using ClvOrleans.Valuation.Segments;
using ClvOrleans.Valuation.Watches;

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

    /// <summary>How the customer stands with the watches of the store, as read; what is written comes of <see cref="Reading"/>.</summary>
    public WatchState Watches { get; init; } = WatchState.None;

    /// <summary>
    /// The first later local day on which a watch of the customer turns if nothing happens: none turns before it. It may be a day up to
    /// which was looked ahead. <see cref="DateOnly.MaxValue"/> where none ever turns; null where it has not been looked for.
    /// </summary>
    public DateOnly? TurnsOn { get; init; }

    /// <summary>
    /// What the watches say of the row that is to be written. In the transaction that writes it, storage compares this with how the
    /// customer stood (<see cref="WatchStep"/>), writes how they stand now and what changed, and gives
    /// <see cref="Contribution.Segments"/> and <see cref="Contribution.Definitions"/> of the row accordingly. Null leaves all of these as
    /// they were; it is never read.
    /// </summary>
    public WatchReading? Reading { get; init; }
}
