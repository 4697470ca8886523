using System.Text.Json;
using ClvOrleans.Domain;
using ClvOrleans.Domain.Market;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Storage.Market;

namespace ClvOrleans.Storage.Sql;

/// <inheritdoc cref="IMarketEntries" />
public sealed class SqlMarketEntries(ISqlDatabase database) : IMarketEntries
{
    /// <inheritdoc />
    public async Task<MarketCalendar> ReadAsync(StoreId store, CancellationToken cancellation = default)
    {
        var entries = await database.ReadAsync(
            "SELECT payload FROM market_entries WHERE store = $store",
            row => JsonSerializer.Deserialize((byte[])row.GetValue(0), DomainJson.Default.MarketEntry)!,
            ("$store", store.Value));
        return entries.Aggregate(MarketCalendar.Empty, (calendar, entry) => calendar.With(entry));
    }

    /// <inheritdoc />
    public Task PutAsync(StoreId store, IReadOnlyCollection<MarketEntry> entries, CancellationToken cancellation = default)
    {
        var rows = entries.Select(e => (e.Id, Payload: JsonSerializer.SerializeToUtf8Bytes(e, DomainJson.Default.MarketEntry))).ToArray();
        return database.WriteAsync(ScopeOf(store), async session =>
        {
            foreach (var (id, payload) in rows)
            {
                await session.RunAsync(
                    "INSERT INTO market_entries (store, id, payload) VALUES ($store, $id, $payload) "
                        + "ON CONFLICT (store, id) DO UPDATE SET payload = excluded.payload",
                    ("$store", store.Value), ("$id", id), ("$payload", payload));
            }
        });
    }

    /// <inheritdoc />
    public async Task<bool> RemoveAsync(StoreId store, string id, CancellationToken cancellation = default)
    {
        var removed = 0;
        await database.WriteAsync(ScopeOf(store), async session => removed = await session.RunAsync(
            "DELETE FROM market_entries WHERE store = $store AND id = $id", ("$store", store.Value), ("$id", id)));
        return removed > 0;
    }

    private static string ScopeOf(StoreId store) => $"market/{store}";
}
