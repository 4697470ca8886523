using System.Collections.Immutable;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Events;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Valuation.Watches;

namespace ClvOrleans.Storage.Journal;

/// <summary>
/// The truth: all events of all customers, append-only, and what must change with them in one transaction. Old behaviour may be packed
/// (<see cref="IEventPacks"/>): its events are read like others, with their keys, times and sequences, reduced.
/// </summary>
public interface IJournal
{
    /// <summary>
    /// Makes a commit durable, together with those of other customers that wait at the same time.
    /// </summary>
    /// <returns>What the watches noticed by it, also of a merged identity; without the places that the transitions get.</returns>
    /// <exception cref="JournalFullException">Too many commits wait; nothing was written.</exception>
    /// <exception cref="SequenceConflictException">
    /// The journal does not end at <see cref="CustomerCommit.ExpectedSequence"/> or already holds one of the events (those that are packed
    /// are for the writer to ask of by <see cref="KnownAsync"/>), the customer or the merged identity has become another customer, or an
    /// event came to be held or a completion to be contested that belongs to this commit. Nothing of the commit was written.
    /// </exception>
    /// <exception cref="OrdersTakenException">Orders of this commit belong to other customers; nothing of it was written.</exception>
    /// <exception cref="IdentityLimitException">More identities would become one customer than may; nothing was written.</exception>
    Task<ImmutableArray<Transition>> AppendAsync(CustomerCommit commit, CancellationToken cancellation = default);

    /// <summary>
    /// Keeps an event until its order is placed; the same event again is kept once. Where the order is placed already nothing is kept, and
    /// its owner is returned.
    /// </summary>
    /// <exception cref="JournalFullException">Too many commits wait; nothing was written.</exception>
    Task<CustomerId?> HoldAsync(HeldEvent held, CancellationToken cancellation = default);

    /// <summary>Events held for any of the orders.</summary>
    Task<IReadOnlyList<HeldEvent>> HeldAsync(StoreId store, IReadOnlyCollection<string> orderIds, CancellationToken cancellation = default);

    /// <summary>
    /// Keeps a completion of an order that another customer owns, until the two turn out to be one person; the same event again is kept
    /// once. Where the order has another owner meanwhile, or the sender has become somebody, nothing is kept, and who is to record the
    /// event is returned.
    /// </summary>
    /// <exception cref="JournalFullException">Too many commits wait; nothing was written.</exception>
    Task<CustomerId?> ContestAsync(ContestedCompletion completion, CustomerId owner, CancellationToken cancellation = default);

    /// <summary>Contested completions that one of two customers has sent, of orders that the other one owns.</summary>
    Task<IReadOnlyList<ContestedCompletion>> ContestedAsync(CustomerId one, CustomerId other, CancellationToken cancellation = default);

    /// <summary>Who a customer has become, and who else has completed the same orders.</summary>
    Task<OrderRivals> FindRivalsAsync(CustomerId customer, CancellationToken cancellation = default);

    /// <summary>Where a customer's journal ends.</summary>
    Task<JournalTip> FindTipAsync(CustomerId customer, CancellationToken cancellation = default);

    /// <summary>A customer's entries with a sequence above <paramref name="after"/>, in order.</summary>
    Task<IReadOnlyList<JournalEntry>> ReadAsync(CustomerId customer, long after, CancellationToken cancellation = default);

    /// <summary>A customer's last entries, newest first.</summary>
    Task<IReadOnlyList<JournalEntry>> ReadLastAsync(CustomerId customer, int count, CancellationToken cancellation = default);

    /// <summary>Those of the keys that the customer's journal holds.</summary>
    Task<IReadOnlySet<EventKey>> KnownAsync(
        CustomerId customer, IReadOnlyCollection<EventKey> keys, CancellationToken cancellation = default);

    /// <summary>The identities that have become this customer, directly or through others.</summary>
    Task<IReadOnlyList<CustomerId>> FindIdentitiesAsync(CustomerId customer, CancellationToken cancellation = default);

    /// <summary>The owners of those of the orders that are placed.</summary>
    Task<IReadOnlyDictionary<string, CustomerId>> FindOwnersAsync(
        StoreId store, IReadOnlyCollection<string> orderIds, CancellationToken cancellation = default);
}
