using ClvOrleans.Domain.Stores;
using ClvOrleans.Storage.Watches;
using ClvOrleans.Valuation.Watches;

namespace ClvOrleans.Storage.Conformance.InMemory;

/// <inheritdoc />
internal sealed class InMemoryTransitions(InMemoryStorage storage) : ITransitions
{
    public Task<IReadOnlyList<Transition>> ReadAsync(
        StoreId store, int shard, long after, int limit, CancellationToken cancellation = default) =>
        storage.ReadAsync<IReadOnlyList<Transition>>(state =>
        {
            var all = Of(state, store).Where(t => state.ShardOf(t.Customer) == shard && t.Commit > after)
                .OrderBy(t => t.Commit).ThenBy(t => t.Index).ToArray();
            return all.Length < limit ? all : [.. all.TakeWhile(t => t.Commit <= all[limit - 1].Commit)];
        });

    public Task<IReadOnlyList<Transition>> QueryAsync(TransitionQuery query, CancellationToken cancellation = default) =>
        storage.ReadAsync<IReadOnlyList<Transition>>(state =>
        [
            .. Of(state, query.Store)
                .Where(t => query.Subject is not { } subject || t.Subject == subject)
                .Where(t => query.Customer is not { } customer || t.Customer == customer)
                .OrderByDescending(t => PlaceOf(state, t))
                .Where(t => query.After is not { } a || PlaceOf(state, t).CompareTo((a.At, a.Shard, a.Commit, a.Index)) < 0)
                .Take(query.Limit),
        ]);

    public Task<IReadOnlyList<TransitionCount>> CountAsync(StoreId store, DateTimeOffset since, CancellationToken cancellation = default) =>
        storage.ReadAsync(state => TransitionCount.Of(Of(state, store).Where(t => t.At >= since)));

    public Task<int> PruneAsync(StoreId store, DateTimeOffset before, CancellationToken cancellation = default) =>
        storage.ChangeAsync(state =>
        {
            var left = state.Transitions.RemoveAll(t => t.Customer.Store == store && t.At < before);
            return (state with { Transitions = left }, state.Transitions.Count - left.Count);
        });

    private static (DateTimeOffset At, int Shard, long Commit, int Index) PlaceOf(InMemoryState state, Transition t) =>
        (t.At, state.ShardOf(t.Customer), t.Commit, t.Index);

    private static IEnumerable<Transition> Of(InMemoryState state, StoreId store) =>
        state.Transitions.Where(t => t.Customer.Store == store);
}
