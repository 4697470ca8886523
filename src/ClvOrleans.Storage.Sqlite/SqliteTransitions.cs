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
    private const string Columns = "commit_number, payload";

    /// <inheritdoc />
    public Task<IReadOnlyList<Transition>> ReadAsync(
        StoreId store, int shard, long after, int limit, CancellationToken cancellation = default)
    {
        using var session = database.Read();
        using var rows = session.Query(
            $"SELECT {Columns} FROM transitions WHERE store = $store AND shard = $shard AND commit_number > $after ORDER BY commit_number",
            ("$store", store.Value), ("$shard", shard), ("$after", after));
        var read = new List<Transition>();
        while (read.Count < limit && session.Next(rows))
        {
            read.AddRange(TransitionsOf(rows));
        }

        return Task.FromResult<IReadOnlyList<Transition>>(read);
    }

    /// <inheritdoc />
    public Task<IReadOnlyList<Transition>> QueryAsync(TransitionQuery query, CancellationToken cancellation = default)
    {
        // The commit of the last transition of the page before may hold more of them.
        var after = query.After ?? new TransitionPosition(DateTimeOffset.MaxValue, 0, 0, 0);
        var which = (query.Subject is null ? "" : "instr(subjects, $subject) > 0 AND ") + (query.Customer is null ? "" : "customer = $customer AND ");
        using var session = database.Read();
        using var rows = session.Query(
            $"SELECT {Columns} FROM transitions WHERE {which}store = $store AND (at, shard, commit_number) <= ($at, $shard, $commit) "
                + "ORDER BY at DESC, shard DESC, commit_number DESC",
            ("$store", query.Store.Value), ("$subject", $" {query.Subject} "), ("$customer", query.Customer?.ToText()),
            ("$at", after.At.ToUnixTimeMilliseconds()), ("$shard", after.Shard), ("$commit", after.Commit));
        var read = new List<Transition>();
        while (read.Count < query.Limit && session.Next(rows))
        {
            read.AddRange(TransitionsOf(rows).Reverse().Where(t => (query.Subject is null || t.Subject == query.Subject) && !IsBefore(t)));
        }

        return Task.FromResult<IReadOnlyList<Transition>>([.. read.Take(query.Limit)]);

        bool IsBefore(Transition t) =>
            (t.At, t.Customer.Shard, t.Commit) == (after.At, after.Shard, after.Commit) && t.Index >= after.Index;
    }

    /// <inheritdoc />
    public async Task<int> PruneAsync(StoreId store, DateTimeOffset before, CancellationToken cancellation = default)
    {
        var pruned = 0;
        await writer.WriteAsync(session =>
        {
            (string, object?)[] old = [("$store", store.Value), ("$before", before.ToUnixTimeMilliseconds())];
            pruned = (int)(long)session.Scalar("SELECT ifnull(sum(count), 0) FROM transitions WHERE store = $store AND at < $before", old)!;
            session.Run("DELETE FROM transitions WHERE store = $store AND at < $before", old);
        });
        return pruned;
    }

    private static IEnumerable<Transition> TransitionsOf(SqliteDataReader row)
    {
        var commit = row.GetInt64(0);
        return JsonSerializer.Deserialize((byte[])row.GetValue(1), ValuationJson.Default.ImmutableArrayTransition)
            .Select((t, index) => t with { Commit = commit, Index = index });
    }
}
