using ClvOrleans.Domain.Stores;
using ClvOrleans.Valuation.Watches;

namespace ClvOrleans.Storage.Watches;

/// <summary>What watches noticed. Each transition is written in the transaction of the customer row that shows it.</summary>
public interface ITransitions
{
    /// <summary>
    /// Transitions of one shard whose commit number is above <paramref name="after"/>, in order of commit number and index: at least
    /// <paramref name="limit"/> where there are as many, since a commit is never split.
    /// </summary>
    Task<IReadOnlyList<Transition>> ReadAsync(StoreId store, int shard, long after, int limit, CancellationToken cancellation = default);

    /// <summary>Some transitions of a store, the newest first.</summary>
    Task<IReadOnlyList<Transition>> QueryAsync(TransitionQuery query, CancellationToken cancellation = default);

    /// <summary>Forgets the transitions of a store before an instant. How many there were.</summary>
    Task<int> PruneAsync(StoreId store, DateTimeOffset before, CancellationToken cancellation = default);
}
