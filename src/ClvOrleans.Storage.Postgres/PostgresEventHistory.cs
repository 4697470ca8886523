using System.Runtime.CompilerServices;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Events;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Storage.Journal;
using ClvOrleans.Storage.Sql;

namespace ClvOrleans.Storage.Postgres;

/// <inheritdoc cref="IEventHistory" />
public sealed class PostgresEventHistory(PostgresDatabase database) : IEventHistory
{
    /// <inheritdoc />
    public async IAsyncEnumerable<(CustomerId Customer, CustomerEvent Event)> ReadAsync(
        StoreId store, int shard, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        await using var session = await database.OpenSessionAsync(cancellation);
        var rows = session.StreamAsync(
            "SELECT e.customer, e.sequence, e.payload FROM customers c JOIN events e ON e.store = c.store AND e.customer = c.customer "
                + "WHERE c.store = $store AND c.shard = $shard ORDER BY c.commit_number, e.sequence",
            row => (row.GetString(0), EventPayload.ReadEntries(row, 1)),
            ("$store", store.Value), ("$shard", (long)shard));
        await foreach (var read in JournalRows.ByCustomerAsync(rows, store).WithCancellation(cancellation))
        {
            cancellation.ThrowIfCancellationRequested();
            yield return read;
        }
    }
}
