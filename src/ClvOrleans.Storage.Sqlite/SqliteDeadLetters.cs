using ClvOrleans.Domain.Stores;
using ClvOrleans.Storage.DeadLetters;
using Microsoft.Data.Sqlite;

namespace ClvOrleans.Storage.Sqlite;

/// <inheritdoc cref="IDeadLetters" />
public sealed class SqliteDeadLetters(SqliteDatabase database, SqliteWriter writer, DeadLetterOptions? options = null) : IDeadLetters
{
    // What fits between two commits without being noticed.
    private const int AtOnce = 64;
    private const int BytesAtOnce = 256 * 1024;
    private const int CountedAtOnce = 1024;

    private const string Columns = "SELECT id, source, received_at, message_id, code, message, payload, replayed_at FROM dead_letters ";

    private const string Meant =
        "WHERE store = $store AND ($code IS NULL OR code = $code) AND ($source IS NULL OR source = $source) "
        + "AND received_at >= $since AND (NOT $open OR replayed_at IS NULL) AND id > $after ORDER BY id LIMIT $limit";

    private readonly DeadLetterQuota _quota = new(options ?? new DeadLetterOptions());

    /// <inheritdoc />
    public async Task AddAsync(IReadOnlyCollection<DeadLetter> letters, CancellationToken cancellation = default)
    {
        foreach (var source in letters.GroupBy(l => (l.Store, l.Source)))
        {
            var left = source.ToArray();
            for (var (start, hasRoom) = (0, true); start < left.Length;)
            {
                var (from, count) = (start, hasRoom ? CountAtOnce(left, start) : Math.Min(CountedAtOnce, left.Length - start));
                await writer.WriteLaterAsync(session => hasRoom = _quota.TryKeep(session, left.AsSpan(from, count), canKeep: hasRoom));
                start += count;
            }
        }
    }

    /// <inheritdoc />
    public Task<DeadLetter?> FindAsync(StoreId store, long id, CancellationToken cancellation = default) => Task.FromResult(
        Read(Columns + "WHERE store = $store AND id = $id", row => LetterOf(row, store), ("$store", store.Value), ("$id", id)).SingleOrDefault());

    /// <inheritdoc />
    public Task<IReadOnlyList<DeadLetter>> ListAsync(
        StoreId store, DeadLetterQuery query, long after, int limit, CancellationToken cancellation = default) =>
        Task.FromResult<IReadOnlyList<DeadLetter>>(Read(Columns + Meant, row => LetterOf(row, store), Parameters(store, query, after, limit)));

    /// <inheritdoc />
    public Task<IReadOnlyList<DeadLetterCount>> CountAsync(StoreId store, CancellationToken cancellation = default) =>
        Task.FromResult<IReadOnlyList<DeadLetterCount>>(Read(
            "SELECT code, source, sum(letters), sum(beyond) FROM ("
                + "SELECT code, source, count(*) AS letters, 0 AS beyond FROM dead_letters "
                + "WHERE store = $store AND replayed_at IS NULL GROUP BY code, source "
                + "UNION ALL SELECT code, source, 0, events FROM dead_letter_overflow WHERE store = $store) "
                + "GROUP BY code, source ORDER BY code, source",
            row => new DeadLetterCount(row.GetString(0), row.GetString(1), row.GetInt64(2), row.GetInt64(3)),
            ("$store", store.Value)));

    /// <inheritdoc />
    public Task MarkReplayedAsync(StoreId store, long id, DateTimeOffset at, CancellationToken cancellation = default) =>
        writer.WriteAsync(session => session.Run(
            "UPDATE dead_letters SET replayed_at = $at WHERE store = $store AND id = $id AND replayed_at IS NULL",
            ("$store", store.Value), ("$id", id), ("$at", at.ToUnixTimeMilliseconds())));

    /// <inheritdoc />
    public Task DiscardAsync(StoreId store, long id, CancellationToken cancellation = default) =>
        writer.WriteAsync(session => session.Run("DELETE FROM dead_letters WHERE store = $store AND id = $id", ("$store", store.Value), ("$id", id)));

    /// <inheritdoc />
    public async Task<long> DiscardAsync(StoreId store, DeadLetterQuery query, CancellationToken cancellation = default)
    {
        var removed = 0L;
        for (var now = AtOnce; now == AtOnce; removed += now)
        {
            cancellation.ThrowIfCancellationRequested();
            await writer.WriteLaterAsync(session => now = session.Run(
                $"DELETE FROM dead_letters WHERE id IN (SELECT id FROM dead_letters {Meant})", Parameters(store, query, 0, AtOnce)));
        }

        if (query is { Since: null, OpenOnly: false })
        {
            await writer.WriteLaterAsync(session => session.Run(
                "DELETE FROM dead_letter_overflow WHERE store = $store AND ($code IS NULL OR code = $code) AND ($source IS NULL OR source = $source)",
                ("$store", store.Value), ("$code", query.Code), ("$source", query.Source)));
        }

        return removed;
    }

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
        ("$since", query.Since?.ToUnixTimeMilliseconds() ?? long.MinValue), ("$open", query.OpenOnly), ("$after", after), ("$limit", limit),
    ];

    private static DeadLetter LetterOf(SqliteDataReader rows, StoreId store) => new(
        rows.GetInt64(0), store, rows.GetString(1), DateTimeOffset.FromUnixTimeMilliseconds(rows.GetInt64(2)),
        rows.IsDBNull(3) ? null : rows.GetString(3), rows.GetString(4), rows.GetString(5), (byte[])rows.GetValue(6),
        rows.IsDBNull(7) ? null : DateTimeOffset.FromUnixTimeMilliseconds(rows.GetInt64(7)));

    private List<T> Read<T>(string sql, Func<SqliteDataReader, T> read, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        using var session = database.Read();
        return session.Read(sql, read, parameters);
    }
}
