using ClvOrleans.Domain.Stores;
using ClvOrleans.Grains.Stores;
using ClvOrleans.Storage.Watches;
using Microsoft.Extensions.Options;

namespace ClvOrleans.Grains.Watches;

/// <summary>Removes old transitions.</summary>
internal sealed class TransitionPruning(ITransitions transitions, IStores stores, IOptions<WatchOptions> options) : IPruning
{
    public Task PruneAsync(StoreId store, DateTimeOffset now) =>
        transitions.PruneAsync(store, stores.Find(store).KeptSince(Retained.Transitions, now, options.Value.KeepDays));
}
