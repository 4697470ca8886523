using System.Text.Json;
using ClvOrleans.Domain;
using ClvOrleans.Domain.Market;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Storage.Market;

namespace ClvOrleans.Storage.Sql;

/// <inheritdoc cref="IAcquisitionCosts" />
public sealed class SqlAcquisitionCosts(ISqlDatabase database) : IAcquisitionCosts
{
    /// <inheritdoc />
    public async Task<IReadOnlyList<AcquisitionCost>> ReadAsync(StoreId store, CancellationToken cancellation = default) =>
        await database.ReadAsync(
            "SELECT payload FROM acquisition_costs WHERE store = $store ORDER BY id",
            row => JsonSerializer.Deserialize((byte[])row.GetValue(0), DomainJson.Default.AcquisitionCost)!,
            ("$store", store.Value));

    /// <inheritdoc />
    public Task PutAsync(StoreId store, IReadOnlyCollection<AcquisitionCost> costs, CancellationToken cancellation = default)
    {
        var rows = costs.Select(c => (c.Id, Payload: JsonSerializer.SerializeToUtf8Bytes(c, DomainJson.Default.AcquisitionCost))).ToArray();
        return database.WriteAsync(ScopeOf(store), async session =>
        {
            foreach (var (id, payload) in rows)
            {
                await session.RunAsync(
                    "INSERT INTO acquisition_costs (store, id, payload) VALUES ($store, $id, $payload) "
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
            "DELETE FROM acquisition_costs WHERE store = $store AND id = $id", ("$store", store.Value), ("$id", id)));
        return removed > 0;
    }

    private static string ScopeOf(StoreId store) => $"acquisition-costs/{store}";
}
