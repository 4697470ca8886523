using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Events;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Storage.Journal;

namespace ClvOrleans.Storage.Conformance.InMemory;

/// <inheritdoc />
internal sealed class InMemoryEventHistory(InMemoryStorage storage) : IEventHistory
{
    public IAsyncEnumerable<(CustomerId Customer, CustomerEvent Event)> ReadAsync(
        StoreId store, int shard, CancellationToken cancellation = default) =>
        storage.Read(state => state.Journals.Where(j => j.Key.Store == store && state.ShardOf(j.Key) == shard))
            .SelectMany(j => j.Value.Select(e => (j.Key, e.Event))).ToAsyncEnumerable();
}
