using System.Collections.Concurrent;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Storage.Stores;

namespace ClvOrleans.Storage.Sql;

/// <summary>
/// How many shards the stores of a database have. A row is written with the first version of a store and stays, so that each is read once;
/// a store without one has the default, and may still get another.
/// </summary>
public sealed class SqlShards
{
    private readonly ConcurrentDictionary<StoreId, ShardCount> _known = new();

    /// <summary>How many shards a store has.</summary>
    public ValueTask<ShardCount> FindAsync(ISqlSession session, StoreId store) =>
        _known.TryGetValue(store, out var known) ? new(known) : ReadAsync(session, store);

    /// <summary>How many shards a store has; a session is opened only where that was not read yet.</summary>
    public async ValueTask<ShardCount> FindAsync(ISqlDatabase database, StoreId store, CancellationToken cancellation)
    {
        if (_known.TryGetValue(store, out var known))
        {
            return known;
        }

        await using var session = await database.OpenAsync(cancellation);
        return await ReadAsync(session, store);
    }

    /// <summary>The shard of a customer.</summary>
    public async ValueTask<int> OfAsync(ISqlSession session, CustomerId customer) =>
        customer.ShardIn(await FindAsync(session, customer.Store));

    /// <summary>Whether a version would have other shards than those that the store's customers are kept by.</summary>
    internal static async ValueTask<bool> AreOtherwiseAsync(ISqlSession session, StoreRecord record) =>
        await ScalarAsync(session, record.Store) is { } kept
            ? kept != record.Shards
            : record.Shards != ShardCount.Default && await session.ScalarAsync(
                "SELECT 1 WHERE EXISTS (SELECT 1 FROM customers WHERE store = $store)", ("$store", record.Store.Value)) is not null;

    /// <summary>Keeps the number that a store's first version has.</summary>
    internal static async ValueTask KeepAsync(ISqlSession session, StoreRecord record) => await session.RunAsync(
        "INSERT INTO store_shards (store, shards) VALUES ($store, $shards) ON CONFLICT DO NOTHING",
        ("$store", record.Store.Value), ("$shards", (long)record.Shards.Value));

    private static async ValueTask<ShardCount?> ScalarAsync(ISqlSession session, StoreId store) =>
        await session.ScalarAsync("SELECT shards FROM store_shards WHERE store = $store", ("$store", store.Value)) is long shards
            ? new ShardCount((int)shards)
            : null;

    private async ValueTask<ShardCount> ReadAsync(ISqlSession session, StoreId store) =>
        await ScalarAsync(session, store) is { } kept ? _known.GetOrAdd(store, kept) : ShardCount.Default;
}
