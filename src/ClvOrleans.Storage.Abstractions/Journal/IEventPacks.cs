using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Events;
using ClvOrleans.Domain.Stores;

namespace ClvOrleans.Storage.Journal;

/// <summary>
/// Packs old behaviour: what <see cref="Behaviour.Reduce"/> leaves of events takes the place of many rows of the journal as one. Every
/// event keeps its key, its time and its sequence; whoever reads the journal is given it as before, but reduced.
/// </summary>
public interface IEventPacks
{
    /// <summary>Customers of a shard who have behaviour of before a time that is not packed.</summary>
    /// <param name="store">The store.</param>
    /// <param name="shard">The shard.</param>
    /// <param name="after">Where to go on: <see cref="OldBehaviour.Next"/> of the last answer, at first 0.</param>
    /// <param name="before">The time.</param>
    /// <param name="cancellation">Ends the search.</param>
    Task<OldBehaviour> FindAsync(
        StoreId store, int shard, long after, DateTimeOffset before, CancellationToken cancellation = default);

    /// <summary>
    /// Packs up to <see cref="OldBehaviour.MostEvents"/> events of a customer from before a time, in one transaction in which nothing
    /// else of the customer is written.
    /// </summary>
    /// <param name="customer">The customer; of one who has become another there is nothing to pack.</param>
    /// <param name="before">The time.</param>
    /// <param name="isSame">
    /// Whether a fold of the events as they are (first) is the same as of what would be read of the pack (second). Where it is not,
    /// nothing is written.
    /// </param>
    /// <param name="cancellation">Gives up before it begins.</param>
    /// <returns>How many events were packed; 0 where there are none, null where they are not the same.</returns>
    /// <exception cref="JournalFullException">Too much waits; nothing was written.</exception>
    Task<int?> PackAsync(
        CustomerId customer, DateTimeOffset before, Func<IReadOnlyList<CustomerEvent>, IReadOnlyList<CustomerEvent>, bool> isSame,
        CancellationToken cancellation = default);
}
