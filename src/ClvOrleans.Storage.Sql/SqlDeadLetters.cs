using System.Data.Common;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Storage.DeadLetters;
using ClvOrleans.Storage.Privacy;

namespace ClvOrleans.Storage.Sql;

/// <inheritdoc cref="IDeadLetters" />
public sealed class SqlDeadLetters(ISqlDatabase database, DeadLetterOptions? options = null) : IDeadLetters
{
    // What fits between two commits without being noticed.
    private const int AtOnce = 64;
    private const int BytesAtOnce = 256 * 1024;
    private const int CountedAtOnce = 1024;

    private const string Columns = "SELECT id, source, received_at, message_id, code, message, payload, replayed_at FROM dead_letters ";

    private const string Asked =
        "(CAST($code AS TEXT) IS NULL OR code = $code) AND (CAST($source AS TEXT) IS NULL OR source = $source)";

    private const string Meant =
        $"WHERE store = $store AND {Asked} AND received_at >= $since AND ($open = 0 OR replayed_at IS NULL) AND id > $after "
        + "ORDER BY id LIMIT $limit";

    private readonly SqlErasures _erasures = new(database);
    private readonly DeadLetterQuota _quota = new(options ?? new DeadLetterOptions());

    /// <inheritdoc />
    public async Task AddAsync(IReadOnlyCollection<DeadLetter> letters, CancellationToken cancellation = default)
    {
        foreach (var source in (await _erasures.KeptAsync(letters, cancellation)).GroupBy(l => (l.Store, l.Source)))
        {
            var left = source.ToArray();
            for (var (start, hasRoom) = (0, true); start < left.Length;)
            {
                var (count, hadRoom) = (hasRoom ? CountAtOnce(left, start) : Math.Min(CountedAtOnce, left.Length - start), hasRoom);
                var now = left.AsMemory(start, count);
                await database.WriteLaterAsync(
                    ScopeOf(source.Key.Store), async session => hasRoom = await _quota.TryKeepAsync(session, now, canKeep: hadRoom));
                start += count;
            }
        }
    }

    /// <inheritdoc />
    public async Task<DeadLetter?> FindAsync(StoreId store, long id, CancellationToken cancellation = default) => (await database.ReadAsync(
        Columns + "WHERE store = $store AND id = $id", row => LetterOf(row, store), ("$store", store.Value),
        ("$id", id))).SingleOrDefault();

    /// <inheritdoc />
    public Task<IReadOnlyList<DeadLetter>> ListAsync(
        StoreId store, DeadLetterQuery query, long after, int limit, CancellationToken cancellation = default) =>
        database.ReadAsync(Columns + Meant, row => LetterOf(row, store), Parameters(store, query, after, limit));

    /// <inheritdoc />
    public Task<IReadOnlyList<DeadLetterCount>> CountAsync(StoreId store, CancellationToken cancellation = default) => database.ReadAsync(
        "SELECT code, source, CAST(sum(letters) AS BIGINT), CAST(sum(beyond) AS BIGINT) FROM ("
            + "SELECT code, source, count(*) AS letters, 0 AS beyond FROM dead_letters "
            + "WHERE store = $store AND replayed_at IS NULL GROUP BY code, source "
            + "UNION ALL SELECT code, source, 0, events FROM dead_letter_overflow WHERE store = $store) AS counted "
            + "GROUP BY code, source ORDER BY code, source",
        row => new DeadLetterCount(row.GetString(0), row.GetString(1), row.GetInt64(2), row.GetInt64(3)),
        ("$store", store.Value));

    /// <inheritdoc />
    public Task MarkReplayedAsync(StoreId store, long id, DateTimeOffset at, CancellationToken cancellation = default) =>
        database.WriteAsync(ScopeOf(store), async session => await session.RunAsync(
            "UPDATE dead_letters SET replayed_at = $at WHERE store = $store AND id = $id AND replayed_at IS NULL",
            ("$store", store.Value), ("$id", id), ("$at", at.ToUnixTimeMilliseconds())));

    /// <inheritdoc />
    public Task<int> PruneAsync(StoreId store, DateTimeOffset before, CancellationToken cancellation = default) => SqlParts.RemoveAsync(
        database,
        "DELETE FROM dead_letters WHERE id IN "
            + "(SELECT id FROM dead_letters WHERE store = $store AND received_at < $before ORDER BY id LIMIT $limit)",
        store, before, cancellation);

    /// <inheritdoc />
    public Task DiscardAsync(StoreId store, long id, CancellationToken cancellation = default) => database.WriteAsync(
        ScopeOf(store),
        async session => await session.RunAsync(
            "DELETE FROM dead_letters WHERE store = $store AND id = $id", ("$store", store.Value), ("$id", id)));

    /// <inheritdoc />
    public async Task<long> DiscardAsync(StoreId store, DeadLetterQuery query, CancellationToken cancellation = default)
    {
        var removed = 0L;
        for (var now = AtOnce; now == AtOnce; removed += now)
        {
            cancellation.ThrowIfCancellationRequested();
            await database.WriteLaterAsync(ScopeOf(store), async session => now = await session.RunAsync(
                $"DELETE FROM dead_letters WHERE id IN (SELECT id FROM dead_letters {Meant})", Parameters(store, query, 0, AtOnce)));
        }

        if (query is { Since: null, OpenOnly: false })
        {
            await database.WriteLaterAsync(ScopeOf(store), async session => await session.RunAsync(
                $"DELETE FROM dead_letter_overflow WHERE store = $store AND {Asked}",
                ("$store", store.Value), ("$code", query.Code), ("$source", query.Source)));
        }

        return removed;
    }

    private static string ScopeOf(StoreId store) => $"dead-letters/{store}";

    private static int CountAtOnce(DeadLetter[] letters, int start)
    {
        var (count, bytes) = (0, 0L);
        while (start + count < letters.Length && count < AtOnce && (count == 0 || bytes < BytesAtOnce))
        {
            bytes += letters[start + count++].Payload.Length;
        }

        return count;
    }

    private static (string Name, object? Value)[] Parameters(StoreId store, DeadLetterQuery query, long after, int limit) =>
    [
        ("$store", store.Value), ("$code", query.Code), ("$source", query.Source),
        ("$since", query.Since?.ToUnixTimeMilliseconds() ?? long.MinValue), ("$open", query.OpenOnly ? 1L : 0L), ("$after", after),
        ("$limit", limit),
    ];

    private static DeadLetter LetterOf(DbDataReader rows, StoreId store) => new(
        rows.GetInt64(0), store, rows.GetString(1), DateTimeOffset.FromUnixTimeMilliseconds(rows.GetInt64(2)),
        rows.IsDBNull(3) ? null : rows.GetString(3), rows.GetString(4), rows.GetString(5), (byte[])rows.GetValue(6),
        rows.IsDBNull(7) ? null : DateTimeOffset.FromUnixTimeMilliseconds(rows.GetInt64(7)));
}
