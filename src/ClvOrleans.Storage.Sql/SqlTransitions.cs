using System.Data.Common;
using System.Text.Json;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Storage.Watches;
using ClvOrleans.Valuation;
using ClvOrleans.Valuation.Watches;

namespace ClvOrleans.Storage.Sql;

/// <inheritdoc cref="ITransitions" />
public sealed class SqlTransitions(ISqlDatabase database) : ITransitions
{
    private const string Columns = "commit_number, payload";

    /// <inheritdoc />
    public async Task<IReadOnlyList<Transition>> ReadAsync(
        StoreId store, int shard, long after, int limit, CancellationToken cancellation = default)
    {
        // Each row holds one or more.
        var rows = await database.ReadAsync(
            $"SELECT {Columns} FROM transitions WHERE store = $store AND shard = $shard AND commit_number > $after "
                + "ORDER BY commit_number LIMIT $limit",
            TransitionsOf, ("$store", store.Value), ("$shard", shard), ("$after", after), ("$limit", limit));
        var read = new List<Transition>();
        foreach (var row in rows.TakeWhile(_ => read.Count < limit))
        {
            read.AddRange(row);
        }

        return read;
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<Transition>> QueryAsync(TransitionQuery query, CancellationToken cancellation = default)
    {
        // The commit of the last transition of the page before may hold more of them.
        var after = query.After ?? new TransitionPosition(DateTimeOffset.MaxValue, 0, 0, 0);
        var which = (query.Subject is null ? "" : "replace(subjects, $subject, '') <> subjects AND ")
            + (query.Customer is null ? "" : "customer = $customer AND ");
        await using var session = await database.OpenAsync(cancellation);
        var shards = await session.Shards.FindAsync(session, query.Store);
        var rows = await session.ReadAsync(
            $"SELECT {Columns} FROM transitions WHERE {which}store = $store AND (at, shard, commit_number) <= ($at, $shard, $commit) "
                + "ORDER BY at DESC, shard DESC, commit_number DESC LIMIT $limit",
            TransitionsOf,
            ("$store", query.Store.Value), ("$subject", $" {query.Subject} "), ("$customer", query.Customer?.ToText()),
            ("$at", after.At.ToUnixTimeMilliseconds()), ("$shard", after.Shard), ("$commit", after.Commit), ("$limit", query.Limit + 1L));
        return
        [
            .. rows.SelectMany(row => row.Reverse())
                .Where(t => (query.Subject is null || t.Subject == query.Subject) && !IsBefore(t)).Take(query.Limit),
        ];

        bool IsBefore(Transition t) =>
            (t.At, t.Customer.ShardIn(shards), t.Commit) == (after.At, after.Shard, after.Commit) && t.Index >= after.Index;
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<TransitionCount>> CountAsync(
        StoreId store, DateTimeOffset since, CancellationToken cancellation = default)
    {
        var counts = await database.ReadAsync(
            $"SELECT value ->> 'subject', value ->> 'kind', count(*) FROM transitions, {database.ElementsOf("payload")} "
                + "WHERE store = $store AND at >= $since GROUP BY 1, 2",
            row => new TransitionCount(
                WatchSubject.Parse(row.GetString(0)), Enum.Parse<TransitionKind>(row.GetString(1)), row.GetInt64(2)),
            ("$store", store.Value), ("$since", since.ToUnixTimeMilliseconds()));
        return [.. counts.OrderBy(c => c.Subject).ThenBy(c => c.Kind)];
    }

    /// <inheritdoc />
    public async Task<int> PruneAsync(StoreId store, DateTimeOffset before, CancellationToken cancellation = default)
    {
        var pruned = 0;
        await database.WriteAsync($"transitions/{store}", async session =>
        {
            (string, object?)[] old = [("$store", store.Value), ("$before", before.ToUnixTimeMilliseconds())];
            var counts = await session.ReadAsync(
                "DELETE FROM transitions WHERE store = $store AND at < $before RETURNING count", row => row.GetInt32(0), old);
            pruned = counts.Sum();
        });
        return pruned;
    }

    private static Transition[] TransitionsOf(DbDataReader row)
    {
        var commit = row.GetInt64(0);
        return
        [
            .. JsonSerializer.Deserialize((byte[])row.GetValue(1), ValuationJson.Default.ImmutableArrayTransition)
                .Select((t, index) => t with { Commit = commit, Index = index }),
        ];
    }
}
