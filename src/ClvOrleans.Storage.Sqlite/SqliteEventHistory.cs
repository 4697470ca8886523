using System.Runtime.CompilerServices;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Events;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Storage.Journal;
using ClvOrleans.Storage.Sql;

namespace ClvOrleans.Storage.Sqlite;

/// <inheritdoc cref="IEventHistory" />
public sealed class SqliteEventHistory(SqliteDatabase database) : IEventHistory
{
    // The shard's customers first, by their index: in the order of customers SQLite would read the events of all shards for each.
    internal const string OfShard =
        "SELECT e.customer, e.sequence, e.payload FROM customers c CROSS JOIN events e ON e.store = c.store AND e.customer = c.customer "
        + "WHERE c.store = $store AND c.shard = $shard ORDER BY c.commit_number, e.sequence";

    /// <inheritdoc />
    public async IAsyncEnumerable<(CustomerId Customer, CustomerEvent Event)> ReadAsync(
        StoreId store, int shard, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        using var session = database.Read();
        using var rows = session.Query(OfShard, ("$store", store.Value), ("$shard", shard));
        await foreach (var read in JournalRows.ByCustomerAsync(Rows().ToAsyncEnumerable(), store))
        {
            cancellation.ThrowIfCancellationRequested();
            yield return read;
        }

        IEnumerable<(string, IReadOnlyList<JournalEntry>)> Rows()
        {
            while (session.Next(rows))
            {
                yield return (rows.GetString(0), EventPayload.ReadEntries(rows, 1));
            }
        }
    }
}
