using System.Text.Json;
using ClvOrleans.Model;
using ClvOrleans.Model.Customers;
using ClvOrleans.Model.Journal;
using ClvOrleans.Model.Market;

namespace ClvOrleans.Storage.Sqlite;

/// <inheritdoc cref="IMarketEntries" />
public sealed class SqliteMarketEntries(SqliteDatabase database, SqliteWriter writer) : IMarketEntries
{
    /// <inheritdoc />
    public Task<MarketCalendar> ReadAsync(StoreId store, CancellationToken cancellation = default)
    {
        using var session = new SqliteSession(database.Open());
        using var rows = session.Query("SELECT payload FROM market_entries WHERE store = $store", ("$store", store.Value));
        var calendar = MarketCalendar.Empty;
        while (rows.Read())
        {
            calendar = calendar.With(JsonSerializer.Deserialize((byte[])rows.GetValue(0), ModelJson.Default.MarketEntry)!);
        }

        return Task.FromResult(calendar);
    }

    /// <inheritdoc />
    public Task PutAsync(StoreId store, IReadOnlyCollection<MarketEntry> entries, CancellationToken cancellation = default) =>
        writer.WriteAsync(session =>
        {
            foreach (var entry in entries)
            {
                session.Run(
                    "INSERT OR REPLACE INTO market_entries VALUES ($store, $id, $payload)",
                    ("$store", store.Value), ("$id", entry.Id),
                    ("$payload", JsonSerializer.SerializeToUtf8Bytes(entry, ModelJson.Default.MarketEntry)));
            }
        });

    /// <inheritdoc />
    public async Task<bool> RemoveAsync(StoreId store, string id, CancellationToken cancellation = default)
    {
        var removed = 0;
        await writer.WriteAsync(session =>
            removed = session.Run("DELETE FROM market_entries WHERE store = $store AND id = $id", ("$store", store.Value), ("$id", id)));
        return removed > 0;
    }
}
