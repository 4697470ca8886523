using ClvOrleans.Domain.Stores;
using ClvOrleans.Policies.Deliveries;
using ClvOrleans.Storage.Deliveries;

namespace ClvOrleans.Storage.Conformance.InMemory;

/// <inheritdoc />
internal sealed class InMemorySubscriptions(InMemoryStorage storage) : ISubscriptions
{
    public Task<IReadOnlyList<Subscription>> ListAsync(StoreId store, CancellationToken cancellation = default) =>
        storage.ReadAsync<IReadOnlyList<Subscription>>(state =>
            [.. state.Subscriptions.Where(s => s.Key.Store == store).Select(s => s.Value).OrderBy(s => s.Id, StringComparer.Ordinal)]);

    public Task<bool> TryPutAsync(StoreId store, Subscription subscription, CancellationToken cancellation = default) =>
        storage.ChangeAsync(state => state.Subscriptions.Keys.Count(k => k.Store == store && k.Id != subscription.Id) < Subscription.Most
            ? (state with { Subscriptions = state.Subscriptions.SetItem((store, subscription.Id), subscription) }, true)
            : (state, false));

    public Task<bool> RemoveAsync(StoreId store, string id, CancellationToken cancellation = default) => storage.ChangeAsync(
        state => (state with { Subscriptions = state.Subscriptions.Remove((store, id)) }, state.Subscriptions.ContainsKey((store, id))));

    public Task<long> ReadCheckpointAsync(StoreId store, int shard, string source, CancellationToken cancellation = default) =>
        storage.ReadAsync(state => state.SubscriptionCheckpoints.GetValueOrDefault((store, shard, source)));

    public Task<bool> TryFollowAsync(
        StoreId store, int shard, long writer, string source, long position, IReadOnlyCollection<Delivery> deliveries,
        CancellationToken cancellation = default) => storage.ChangeAsync(state => InMemoryDeliveries.IsWriter(state, store, shard, writer)
        ? (InMemoryDeliveries.Add(state, deliveries) with
        {
            SubscriptionCheckpoints = state.SubscriptionCheckpoints.SetItem((store, shard, source), position),
        }, true)
        : (state, false));
}
