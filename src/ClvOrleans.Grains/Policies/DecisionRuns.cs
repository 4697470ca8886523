using System.Collections.Concurrent;
using ClvOrleans.Domain.Stores;
using Microsoft.Extensions.DependencyInjection;

namespace ClvOrleans.Grains.Policies;

/// <summary>What decides on this silo, store by store. It ends with the silo, before the storage does.</summary>
public sealed class DecisionRuns(IServiceProvider services) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<StoreId, StoreDecisions> _stores = new();

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        foreach (var store in _stores.Values)
        {
            await store.DisposeAsync();
        }
    }

    /// <summary>Has a shard decided; false where it is not this silo that decides for it, as far as it knows.</summary>
    internal bool TryAsk(StoreId store, int shard) => _stores.TryGetValue(store, out var known) && known.TryAsk(shard);

    /// <summary>What decides for a store.</summary>
    internal StoreDecisions Of(StoreId store) =>
        _stores.GetOrAdd(store, static (id, services) => ActivatorUtilities.CreateInstance<StoreDecisions>(services, id), services);
}
