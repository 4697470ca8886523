using ClvOrleans.Domain.Stores;

namespace ClvOrleans.Storage.DeadLetters;

/// <summary>The refused events, up to a quota for each source: <see cref="DeadLetterOptions"/>.</summary>
public interface IDeadLetters
{
    /// <summary>
    /// Keeps letters; durable on return. The same message refused again for the same reason while its letter is open is kept once:
    /// clients repeat what they were not answered for. Beyond the quota of their source letters are only counted. What is kept yields to
    /// commits: it is written a few at a time between them. What names somebody who was erased or is suppressed is not kept.
    /// </summary>
    Task AddAsync(IReadOnlyCollection<DeadLetter> letters, CancellationToken cancellation = default);

    /// <summary>A letter; null if there is none.</summary>
    Task<DeadLetter?> FindAsync(StoreId store, long id, CancellationToken cancellation = default);

    /// <summary>Letters with an id above <paramref name="after"/> that the query means, oldest first.</summary>
    Task<IReadOnlyList<DeadLetter>> ListAsync(
        StoreId store, DeadLetterQuery query, long after, int limit, CancellationToken cancellation = default);

    /// <summary>Open letters, and events that were only counted, by code and source.</summary>
    Task<IReadOnlyList<DeadLetterCount>> CountAsync(StoreId store, CancellationToken cancellation = default);

    /// <summary>Notes that a letter was accepted. It makes room for another.</summary>
    Task MarkReplayedAsync(StoreId store, long id, DateTimeOffset at, CancellationToken cancellation = default);

    /// <summary>Removes letters that came before, some at a time between commits.</summary>
    /// <returns>How many were removed.</returns>
    Task<int> PruneAsync(StoreId store, DateTimeOffset before, CancellationToken cancellation = default);

    /// <summary>Removes a letter for good; without effect if there is none.</summary>
    Task DiscardAsync(StoreId store, long id, CancellationToken cancellation = default);

    /// <summary>
    /// Removes for good all letters that the query means; with a query for neither time nor openness, their counts beyond the quota too.
    /// </summary>
    /// <returns>How many letters were removed.</returns>
    Task<long> DiscardAsync(StoreId store, DeadLetterQuery query, CancellationToken cancellation = default);
}
