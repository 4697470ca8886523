using System.Text.Json;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Policies.Deliveries;
using ClvOrleans.Storage.Deliveries;

namespace ClvOrleans.Storage.Sqlite;

/// <inheritdoc cref="ISubscriptions" />
public sealed class SqliteSubscriptions(SqliteDatabase database, SqliteWriter writer) : ISubscriptions
{
    private readonly SqliteWriter _writer = writer;

    /// <inheritdoc />
    public Task<IReadOnlyList<Subscription>> ListAsync(StoreId store, CancellationToken cancellation = default)
    {
        using var session = database.Read();
        return Task.FromResult<IReadOnlyList<Subscription>>(session.Read(
            "SELECT body FROM subscriptions WHERE store = $store ORDER BY id",
            row => JsonSerializer.Deserialize((byte[])row.GetValue(0), DeliveryJson.Default.Subscription)!, ("$store", store.Value)));
    }

    /// <inheritdoc />
    public async Task<bool> TryPutAsync(StoreId store, Subscription subscription, CancellationToken cancellation = default)
    {
        var kept = 0;
        await _writer.WriteAsync(session => kept = session.Run(
            "INSERT INTO subscriptions (store, id, body) SELECT $store, $id, $body "
                + "WHERE (SELECT count(*) FROM subscriptions WHERE store = $store AND id <> $id) < $most "
                + "ON CONFLICT (store, id) DO UPDATE SET body = $body",
            ("$store", store.Value), ("$id", subscription.Id), ("$most", Subscription.Most),
            ("$body", JsonSerializer.SerializeToUtf8Bytes(subscription, DeliveryJson.Default.Subscription))));
        return kept > 0;
    }

    /// <inheritdoc />
    public async Task<bool> RemoveAsync(StoreId store, string id, CancellationToken cancellation = default)
    {
        var removed = 0;
        await _writer.WriteAsync(session => removed = session.Run(
            "DELETE FROM subscriptions WHERE store = $store AND id = $id", ("$store", store.Value), ("$id", id)));
        return removed > 0;
    }

    /// <inheritdoc />
    public Task<long> ReadCheckpointAsync(StoreId store, int shard, string source, CancellationToken cancellation = default)
    {
        using var session = database.Read();
        return Task.FromResult(session.Scalar(
            "SELECT position FROM subscription_checkpoints WHERE store = $store AND shard = $shard AND source = $source",
            ("$store", store.Value), ("$shard", shard), ("$source", source)) as long? ?? 0);
    }

    /// <inheritdoc />
    public async Task<bool> TryFollowAsync(
        StoreId store, int shard, long writer, string source, long position, IReadOnlyCollection<Delivery> deliveries,
        CancellationToken cancellation = default)
    {
        var isWriter = false;
        await _writer.WriteAsync(session =>
        {
            isWriter = SqliteDeliveries.IsWriter(session, store, shard, writer);
            if (!isWriter)
            {
                return;
            }

            foreach (var delivery in deliveries)
            {
                SqliteDeliveries.Insert(session, delivery);
            }

            session.Run(
                "INSERT INTO subscription_checkpoints (store, shard, source, position) VALUES ($store, $shard, $source, $position) "
                    + "ON CONFLICT (store, shard, source) DO UPDATE SET position = $position",
                ("$store", store.Value), ("$shard", shard), ("$source", source), ("$position", position));
        });
        return isWriter;
    }
}
