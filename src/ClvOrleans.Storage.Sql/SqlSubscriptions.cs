using System.Text.Json;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Policies.Deliveries;
using ClvOrleans.Storage.Deliveries;

namespace ClvOrleans.Storage.Sql;

/// <inheritdoc cref="ISubscriptions" />
public sealed class SqlSubscriptions(ISqlDatabase database) : ISubscriptions
{
    /// <inheritdoc />
    public Task<IReadOnlyList<Subscription>> ListAsync(StoreId store, CancellationToken cancellation = default) => database.ReadAsync(
        "SELECT body FROM subscriptions WHERE store = $store ORDER BY id",
        row => JsonSerializer.Deserialize((byte[])row.GetValue(0), DeliveryJson.Default.Subscription)!, ("$store", store.Value));

    /// <inheritdoc />
    public async Task<bool> TryPutAsync(StoreId store, Subscription subscription, CancellationToken cancellation = default)
    {
        var kept = 0;
        await database.WriteAsync(ScopeOf(store), async session => kept = await session.RunAsync(
            "INSERT INTO subscriptions (store, id, body) SELECT $store, $id, $body "
                + "WHERE (SELECT count(*) FROM subscriptions WHERE store = $store AND id <> $id) < $most "
                + "ON CONFLICT (store, id) DO UPDATE SET body = excluded.body",
            ("$store", store.Value), ("$id", subscription.Id), ("$most", Subscription.Most),
            ("$body", JsonSerializer.SerializeToUtf8Bytes(subscription, DeliveryJson.Default.Subscription))));
        return kept > 0;
    }

    /// <inheritdoc />
    public async Task<bool> RemoveAsync(StoreId store, string id, CancellationToken cancellation = default)
    {
        var removed = 0;
        await database.WriteAsync(ScopeOf(store), async session => removed = await session.RunAsync(
            "DELETE FROM subscriptions WHERE store = $store AND id = $id", ("$store", store.Value), ("$id", id)));
        return removed > 0;
    }

    /// <inheritdoc />
    public async Task<long> ReadCheckpointAsync(StoreId store, int shard, string source, CancellationToken cancellation = default)
    {
        await using var session = await database.OpenAsync(cancellation);
        return await session.ScalarAsync(
            "SELECT position FROM subscription_checkpoints WHERE store = $store AND shard = $shard AND source = $source",
            ("$store", store.Value), ("$shard", shard), ("$source", source)) as long? ?? 0;
    }

    /// <inheritdoc />
    public async Task<bool> TryFollowAsync(
        StoreId store, int shard, long writer, string source, long position, IReadOnlyCollection<Delivery> deliveries,
        CancellationToken cancellation = default)
    {
        var isWriter = false;
        await database.WriteAsync(SqlDeliveries.ScopeOf(store, shard), async session =>
        {
            isWriter = await SqlDeliveries.IsWriterAsync(session, store, shard, writer);
            if (!isWriter)
            {
                return;
            }

            foreach (var delivery in deliveries)
            {
                await SqlDeliveries.InsertAsync(session, delivery);
            }

            await session.RunAsync(
                "INSERT INTO subscription_checkpoints (store, shard, source, position) VALUES ($store, $shard, $source, $position) "
                    + "ON CONFLICT (store, shard, source) DO UPDATE SET position = excluded.position",
                ("$store", store.Value), ("$shard", shard), ("$source", source), ("$position", position));
        });
        return isWriter;
    }

    private static string ScopeOf(StoreId store) => $"subscriptions/{store}";
}
