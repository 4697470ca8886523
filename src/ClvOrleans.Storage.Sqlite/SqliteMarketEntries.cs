using System.Text.Json;
using ClvOrleans.Domain;
using ClvOrleans.Domain.Market;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Storage.Market;

namespace ClvOrleans.Storage.Sqlite;

/// <inheritdoc cref="IMarketEntries" />
public sealed class SqliteMarketEntries(SqliteDatabase database, SqliteWriter writer) : IMarketEntries
{
    /// <inheritdoc />
    public Task<MarketCalendar> ReadAsync(StoreId store, CancellationToken cancellation = default)
    {
        using var session = database.Read();
        var entries = session.Read(
            "SELECT payload FROM market_entries WHERE store = $store",
            row => JsonSerializer.Deserialize((byte[])row.GetValue(0), DomainJson.Default.MarketEntry)!,
            ("$store", store.Value));
        return Task.FromResult(entries.Aggregate(MarketCalendar.Empty, (calendar, entry) => calendar.With(entry)));
    }

    /// <inheritdoc />
    public Task PutAsync(StoreId store, IReadOnlyCollection<MarketEntry> entries, CancellationToken cancellation = default)
    {
        var rows = entries.Select(e => (e.Id, Payload: JsonSerializer.SerializeToUtf8Bytes(e, DomainJson.Default.MarketEntry))).ToArray();
        return writer.WriteAsync(session =>
        {
            foreach (var (id, payload) in rows)
            {
                session.Run(
                    "INSERT OR REPLACE INTO market_entries (store, id, payload) VALUES ($store, $id, $payload)",
                    ("$store", store.Value), ("$id", id), ("$payload", payload));
            }
        });
    }

    /// <inheritdoc />
    public async Task<bool> RemoveAsync(StoreId store, string id, CancellationToken cancellation = default)
    {
        var removed = 0;
        await writer.WriteAsync(session =>
            removed = session.Run("DELETE FROM market_entries WHERE store = $store AND id = $id", ("$store", store.Value), ("$id", id)));
        return removed > 0;
    }
}
