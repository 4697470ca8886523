using ClvOrleans.Model.Customers;

namespace ClvOrleans.Model.Journal;

/// <summary>The refused events.</summary>
public interface IDeadLetters
{
    /// <summary>Keeps letters; durable on return.</summary>
    Task AddAsync(IReadOnlyCollection<DeadLetter> letters, CancellationToken cancellation = default);

    /// <summary>Letters with an id above <paramref name="after"/>, of a code if one is given, oldest first.</summary>
    Task<IReadOnlyList<DeadLetter>> ListAsync(StoreId store, string? code, long after, int limit, CancellationToken cancellation = default);

    /// <summary>Number of letters not yet replayed, by code.</summary>
    Task<IReadOnlyDictionary<string, long>> CountAsync(StoreId store, CancellationToken cancellation = default);

    /// <summary>Notes that a letter was accepted.</summary>
    Task MarkReplayedAsync(StoreId store, long id, DateTimeOffset at, CancellationToken cancellation = default);
}
