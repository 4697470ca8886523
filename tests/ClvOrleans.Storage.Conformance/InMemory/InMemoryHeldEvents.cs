using ClvOrleans.Domain.Stores;
using ClvOrleans.Storage.Journal;

namespace ClvOrleans.Storage.Conformance.InMemory;

/// <inheritdoc />
internal sealed class InMemoryHeldEvents(InMemoryStorage storage) : IHeldEvents
{
    public Task<int> PruneAsync(StoreId store, DateTimeOffset before, CancellationToken cancellation = default) =>
        storage.ChangeAsync(state =>
        {
            var left = state.Held.RemoveAll(h => h.Sender.Store == store && h.Event.At < before);
            return (state with { Held = left }, state.Held.Count - left.Count);
        });
}
