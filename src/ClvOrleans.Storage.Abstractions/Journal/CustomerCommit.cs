using System.Collections.Immutable;
using ClvOrleans.Domain.Events;
using ClvOrleans.Policies.Deliveries;
using ClvOrleans.Storage.CustomerRows;

namespace ClvOrleans.Storage.Journal;

/// <summary>
/// What one customer writes in one transaction: new events at the end of the journal, and the customer row. All of it is durable or
/// nothing is.
/// </summary>
public sealed record CustomerCommit
{
    /// <summary>The customer row after the events. Its sequence is <see cref="ExpectedSequence"/> plus the number of events.</summary>
    public required CustomerRow Row { get; init; }

    /// <summary>
    /// Sequence of the journal's last entry as the writer knows it; 0 for a new customer. Another value in the journal fences the writer
    /// off.
    /// </summary>
    public required long ExpectedSequence { get; init; }

    /// <summary>Events to append, numbered on from <see cref="ExpectedSequence"/>.</summary>
    public ImmutableArray<CustomerEvent> Events { get; init; } = [];

    /// <summary>Orders that this customer owns from now on.</summary>
    public ImmutableArray<string> ClaimedOrders { get; init; } = [];

    /// <summary>
    /// Events that were held for the claimed orders and are among <see cref="Events"/> now, or were known to this customer.
    /// </summary>
    public ImmutableArray<HeldEvent> Delivered { get; init; } = [];

    /// <summary>
    /// Contested completions that are among <see cref="Events"/> now, or were known to this customer: with <see cref="Merged"/> their
    /// sender and the owner of their order become one.
    /// </summary>
    public ImmutableArray<ContestedCompletion> Settled { get; init; } = [];

    /// <summary>
    /// When the earliest of the claimed orders was placed, where a message may have been handed over since: such messages, to whichever
    /// identity of the customer, are marked with <see cref="DeliveryReasons.HadBought"/>. Null where there is nothing to mark.
    /// </summary>
    public DateTimeOffset? BoughtAt { get; init; }

    /// <summary>
    /// Whether it may wait a moment to share a transaction with the next commits: it follows from others, and nobody's request waits for
    /// it.
    /// </summary>
    public bool MayWait { get; init; }

    /// <summary>
    /// A customer or visitor that is merged into this one: its journal and customer row are removed, its orders change owner, and a link
    /// stays. Its events are among <see cref="Events"/>, except those that this customer had already.
    /// </summary>
    public IdentityMerge? Merged { get; init; }
}
