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
        await foreach (var read in session.StreamAsync(
            "SELECT e.customer, e.payload FROM customers c JOIN events e ON e.store = c.store AND e.customer = c.customer "
                + "WHERE c.store = $store AND c.shard = $shard ORDER BY c.commit_number, e.sequence",
            row => (CustomerId.Parse(store, row.GetString(0)), EventPayload.Read(row, 1)),
            ("$store", store.Value), ("$shard", (long)shard)).WithCancellation(cancellation))
        {
            yield return read;
        }
    }
}
