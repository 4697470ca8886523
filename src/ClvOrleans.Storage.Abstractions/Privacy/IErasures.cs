using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Policies.Deliveries;
using ClvOrleans.Storage.Journal;

namespace ClvOrleans.Storage.Privacy;

/// <summary>
/// Erases people from all tables, and remembers by keyed hashes whose events are dropped from then on (ADR 45). The journal's transactions
/// ask it too: whoever was erased cannot come back by a commit that was under way.
/// </summary>
public interface IErasures
{
    /// <summary>The key of the hashes; null where nobody was ever erased or suppressed.</summary>
    Task<ErasureKey?> FindKeyAsync(CancellationToken cancellation = default);

    /// <summary>Those of the names whose events are dropped, and until when.</summary>
    Task<IReadOnlyDictionary<ErasedName, Erasure>> FindAsync(
        StoreId store, IReadOnlyCollection<ErasedName> names, CancellationToken cancellation = default);

    /// <summary>
    /// Erases a customer with all identities that became them: events, row, what was decided and sent, in one transaction, which is a
    /// commit for those who follow the rows. Where nothing is held, the name is remembered all the same.
    /// </summary>
    /// <param name="customer">The customer.</param>
    /// <param name="suppress">Whether later events of theirs are dropped too, until somebody unsuppresses them.</param>
    /// <param name="at">Now.</param>
    /// <param name="notices">What outside systems are told because of it; each is removed once it has ended.</param>
    /// <param name="cancellation">Gives up before anything is written.</param>
    /// <exception cref="SequenceConflictException">The customer has become another, or changed meanwhile; nothing was written.</exception>
    Task<ErasedPerson> EraseAsync(
        CustomerId customer, bool suppress, DateTimeOffset at, IReadOnlyCollection<Delivery> notices,
        CancellationToken cancellation = default);

    /// <summary>Everybody about whom a store holds something: customers, and people who have only sent what waits for an order.</summary>
    IAsyncEnumerable<CustomerId> PeopleAsync(StoreId store, CancellationToken cancellation = default);

    /// <summary>The ids, orders, addresses and numbers of whoever an id has become, as they are written.</summary>
    Task<IReadOnlyCollection<string>> NamesAsync(CustomerId customer, CancellationToken cancellation = default);

    /// <summary>The audiences that outside systems were told a customer is in, also under an identity that became them.</summary>
    Task<IReadOnlyList<ToldAudience>> ToldAsync(CustomerId customer, CancellationToken cancellation = default);

    /// <summary>Drops all later events of a customer; what is held stays.</summary>
    Task SuppressAsync(CustomerId customer, DateTimeOffset at, CancellationToken cancellation = default);

    /// <summary>Lets events count again that happen after <paramref name="at"/>.</summary>
    /// <returns>False where the customer was not suppressed.</returns>
    Task<bool> UnsuppressAsync(CustomerId customer, DateTimeOffset at, CancellationToken cancellation = default);

    /// <summary>
    /// Removes what was written of erased people while they were erased, by work that was under way, and notices that have ended; nothing
    /// of who has come back meanwhile. After it, no id of theirs is left here.
    /// </summary>
    /// <param name="store">The store.</param>
    /// <param name="before">Those who were erased before then.</param>
    /// <param name="cancellation">Gives up between two customers.</param>
    Task ClearAsync(StoreId store, DateTimeOffset before, CancellationToken cancellation = default);

    /// <summary>
    /// Removes dead letters, results of jobs and requests that hold one of the names, anywhere in their text.
    /// </summary>
    /// <returns>How many were removed.</returns>
    Task<long> ForgetAsync(StoreId store, IReadOnlyCollection<string> names, CancellationToken cancellation = default);

    /// <summary>
    /// Makes the disk forget what was deleted, as far as the engine keeps it, while others read and write: overwrites what is left of rows
    /// in a file and its log.
    /// </summary>
    /// <returns>False where somebody was reading for so long that it was given up; it may be asked for again.</returns>
    Task<bool> CompactAsync(CancellationToken cancellation = default);

    /// <summary>All that is remembered, of all stores; null where nobody was ever erased or suppressed.</summary>
    Task<ErasureLedger?> ExportAsync(CancellationToken cancellation = default);

    /// <summary>
    /// Takes over what another copy of this installation remembers, and erases whoever it remembers as erased and is here from before:
    /// after a backup was restored, and before it is served.
    /// </summary>
    /// <returns>How many people were erased again.</returns>
    /// <exception cref="InvalidOperationException">The ledger is of another installation; nothing was changed.</exception>
    Task<int> ImportAsync(ErasureLedger ledger, CancellationToken cancellation = default);

    /// <summary>All that is kept of the erasures of a store.</summary>
    Task<IReadOnlyList<Erasure>> ListAsync(StoreId store, CancellationToken cancellation = default);
}
