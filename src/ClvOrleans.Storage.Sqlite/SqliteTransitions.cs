using System.Text.Json;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Storage.Watches;
using ClvOrleans.Valuation;
using ClvOrleans.Valuation.Watches;
using Microsoft.Data.Sqlite;

namespace ClvOrleans.Storage.Sqlite;

/// <inheritdoc cref="ITransitions" />
public sealed class SqliteTransitions(SqliteDatabase database, SqliteWriter writer) : ITransitions
{
    private const string Columns = "commit_number, place, payload";

    /// <inheritdoc />
    public Task<IReadOnlyList<Transition>> ReadAsync(
        StoreId store, int shard, long after, int limit, CancellationToken cancellation = default)
    {
        using var session = database.Read();
        return Task.FromResult<IReadOnlyList<Transition>>(session.Read(
            $"SELECT {Columns} FROM transitions WHERE store = $store AND shard = $shard AND commit_number > $after AND commit_number <= ifnull("
                + "(SELECT commit_number FROM transitions WHERE store = $store AND shard = $shard AND commit_number > $after "
                + "ORDER BY commit_number, place LIMIT 1 OFFSET $limit - 1), 9223372036854775807) ORDER BY commit_number, place",
            TransitionOf, ("$store", store.Value), ("$shard", shard), ("$after", after), ("$limit", limit)));
    }

    /// <inheritdoc />
    public Task<IReadOnlyList<Transition>> QueryAsync(TransitionQuery query, CancellationToken cancellation = default)
    {
        var after = query.After ?? new TransitionPosition(DateTimeOffset.MaxValue, 0, 0, 0);
        var which = (query.Subject is null ? "" : "subject = $subject AND ") + (query.Customer is null ? "" : "customer = $customer AND ");
        using var session = database.Read();
        return Task.FromResult<IReadOnlyList<Transition>>(session.Read(
            $"SELECT {Columns} FROM transitions WHERE store = $store AND {which}"
                + "(at, shard, commit_number, place) < ($at, $shard, $commit, $place) "
                + "ORDER BY at DESC, shard DESC, commit_number DESC, place DESC LIMIT $limit",
            TransitionOf,
            ("$store", query.Store.Value), ("$subject", query.Subject?.ToString()), ("$customer", query.Customer?.ToText()),
            ("$at", after.At.ToUnixTimeMilliseconds()), ("$shard", after.Shard), ("$commit", after.Commit), ("$place", after.Index),
            ("$limit", query.Limit)));
    }

    /// <inheritdoc />
    public async Task<int> PruneAsync(StoreId store, DateTimeOffset before, CancellationToken cancellation = default)
    {
        var pruned = 0;
        await writer.WriteAsync(session => pruned = session.Run(
            "DELETE FROM transitions WHERE store = $store AND at < $before",
            ("$store", store.Value), ("$before", before.ToUnixTimeMilliseconds())));
        return pruned;
    }

    private static Transition TransitionOf(SqliteDataReader row) =>
        JsonSerializer.Deserialize((byte[])row.GetValue(2), ValuationJson.Default.Transition)! with
        {
            Commit = row.GetInt64(0), Index = row.GetInt32(1),
        };
}
