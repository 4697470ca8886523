using ClvOrleans.Model.Customers;
using ClvOrleans.Model.Journal;
using Microsoft.Data.Sqlite;

namespace ClvOrleans.Storage.Sqlite;

/// <inheritdoc cref="IDeadLetters" />
public sealed class SqliteDeadLetters(SqliteDatabase database, SqliteWriter writer) : IDeadLetters
{
    private const string Columns = "SELECT id, source, received_at, message_id, code, message, payload, replayed_at FROM dead_letters ";

    /// <inheritdoc />
    public Task AddAsync(IReadOnlyCollection<DeadLetter> letters, CancellationToken cancellation = default) => writer.WriteAsync(session =>
    {
        foreach (var letter in letters)
        {
            session.Run(
                "INSERT INTO dead_letters (store, source, received_at, message_id, code, message, payload) "
                    + "SELECT $store, $source, $received, $id, $code, $message, $payload WHERE NOT EXISTS (SELECT 1 FROM dead_letters "
                    + "WHERE store = $store AND message_id = $id AND source = $source AND code = $code AND replayed_at IS NULL)",
                ("$store", letter.Store.Value), ("$source", letter.Source), ("$received", letter.ReceivedAt.ToUnixTimeMilliseconds()),
                ("$id", letter.MessageId), ("$code", letter.Code), ("$message", letter.Message), ("$payload", letter.Payload.ToArray()));
        }
    });

    /// <inheritdoc />
    public Task<DeadLetter?> FindAsync(StoreId store, long id, CancellationToken cancellation = default)
    {
        using var session = new SqliteSession(database.Open());
        using var rows = session.Query(Columns + "WHERE store = $store AND id = $id", ("$store", store.Value), ("$id", id));
        return Task.FromResult(rows.Read() ? Read(rows, store) : null);
    }

    /// <inheritdoc />
    public Task<IReadOnlyList<DeadLetter>> ListAsync(
        StoreId store, DeadLetterQuery query, long after, int limit, CancellationToken cancellation = default)
    {
        using var session = new SqliteSession(database.Open());
        using var rows = session.Query(
            Columns + "WHERE store = $store AND ($code IS NULL OR code = $code) AND ($source IS NULL OR source = $source) "
                + "AND received_at >= $since AND (NOT $open OR replayed_at IS NULL) AND id > $after ORDER BY id LIMIT $limit",
            ("$store", store.Value), ("$code", query.Code), ("$source", query.Source),
            ("$since", query.Since?.ToUnixTimeMilliseconds() ?? long.MinValue), ("$open", query.OpenOnly), ("$after", after), ("$limit", limit));
        var letters = new List<DeadLetter>();
        while (rows.Read())
        {
            letters.Add(Read(rows, store));
        }

        return Task.FromResult<IReadOnlyList<DeadLetter>>(letters);
    }

    /// <inheritdoc />
    public Task<IReadOnlyList<DeadLetterCount>> CountAsync(StoreId store, CancellationToken cancellation = default)
    {
        using var session = new SqliteSession(database.Open());
        using var rows = session.Query(
            "SELECT code, source, count(*) FROM dead_letters WHERE store = $store AND replayed_at IS NULL GROUP BY code, source ORDER BY code, source",
            ("$store", store.Value));
        var counts = new List<DeadLetterCount>();
        while (rows.Read())
        {
            counts.Add(new DeadLetterCount(rows.GetString(0), rows.GetString(1), rows.GetInt64(2)));
        }

        return Task.FromResult<IReadOnlyList<DeadLetterCount>>(counts);
    }

    /// <inheritdoc />
    public Task MarkReplayedAsync(StoreId store, long id, DateTimeOffset at, CancellationToken cancellation = default) =>
        writer.WriteAsync(session => session.Run(
            "UPDATE dead_letters SET replayed_at = $at WHERE store = $store AND id = $id AND replayed_at IS NULL",
            ("$store", store.Value), ("$id", id), ("$at", at.ToUnixTimeMilliseconds())));

    /// <inheritdoc />
    public Task DiscardAsync(StoreId store, long id, CancellationToken cancellation = default) =>
        writer.WriteAsync(session => session.Run("DELETE FROM dead_letters WHERE store = $store AND id = $id", ("$store", store.Value), ("$id", id)));

    private static DeadLetter Read(SqliteDataReader rows, StoreId store) => new(
        rows.GetInt64(0), store, rows.GetString(1), DateTimeOffset.FromUnixTimeMilliseconds(rows.GetInt64(2)),
        rows.IsDBNull(3) ? null : rows.GetString(3), rows.GetString(4), rows.GetString(5), (byte[])rows.GetValue(6),
        rows.IsDBNull(7) ? null : DateTimeOffset.FromUnixTimeMilliseconds(rows.GetInt64(7)));
}
