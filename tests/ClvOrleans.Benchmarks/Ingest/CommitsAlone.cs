using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Grains.Customers;
using ClvOrleans.Storage.Postgres;

namespace ClvOrleans.Benchmarks.Ingest;

/// <summary>The commits of events, as grains write them, in a store of their own: journal, orders and customer rows.</summary>
/// <param name="store">Where they go.</param>
/// <param name="writer">What writes them; null for the store's writer.</param>
internal sealed class CommitsAlone(PostgresStore store, PostgresWriter? writer = null)
{
    private static readonly StoreId Own = new("alone");

    private readonly PostgresJournal _journal = new(store.Database, writer ?? store.Writer);
    private readonly Dictionary<CustomerId, long> _sequences = [];
    private readonly Lock _lock = new();

    public Task WriteAsync(List<RoutedEvent> events)
    {
        lock (_lock)
        {
            return Task.WhenAll(events.Select(e => _journal.AppendAsync(
                IngestBenchmark.Commit(e with { Subject = CustomerId.OfUser(Own, e.Subject.Id) }, _sequences))).ToArray());
        }
    }
}
