using ClvOrleans.Model.Customers;
using ClvOrleans.Model.Journal;

namespace ClvOrleans.Storage.Sqlite;

/// <inheritdoc cref="IDeadLetters" />
public sealed class SqliteDeadLetters(SqliteDatabase database, SqliteWriter writer) : IDeadLetters
{
    /// <inheritdoc />
    public Task AddAsync(IReadOnlyCollection<DeadLetter> letters, CancellationToken cancellation = default) => writer.WriteAsync(session =>
    {
        foreach (var letter in letters)
        {
            session.Run(
                "INSERT INTO dead_letters (store, source, received_at, message_id, code, message, payload) "
                    + "VALUES ($store, $source, $received, $id, $code, $message, $payload)",
                ("$store", letter.Store.Value), ("$source", letter.Source), ("$received", letter.ReceivedAt.ToUnixTimeMilliseconds()),
                ("$id", letter.MessageId), ("$code", letter.Code), ("$message", letter.Message), ("$payload", letter.Payload.ToArray()));
        }
    });

    /// <inheritdoc />
    public Task<IReadOnlyList<DeadLetter>> ListAsync(StoreId store, string? code, long after, int limit, CancellationToken cancellation = default)
    {
        using var session = new SqliteSession(database.Open());
        using var rows = session.Query(
            "SELECT id, source, received_at, message_id, code, message, payload, replayed_at FROM dead_letters "
                + "WHERE store = $store AND ($code IS NULL OR code = $code) AND id > $after ORDER BY id LIMIT $limit",
            ("$store", store.Value), ("$code", code), ("$after", after), ("$limit", limit));
        var letters = new List<DeadLetter>();
        while (rows.Read())
        {
            letters.Add(new DeadLetter(
                rows.GetInt64(0), store, rows.GetString(1), DateTimeOffset.FromUnixTimeMilliseconds(rows.GetInt64(2)),
                rows.IsDBNull(3) ? null : rows.GetString(3), rows.GetString(4), rows.GetString(5), (byte[])rows.GetValue(6),
                rows.IsDBNull(7) ? null : DateTimeOffset.FromUnixTimeMilliseconds(rows.GetInt64(7))));
        }

        return Task.FromResult<IReadOnlyList<DeadLetter>>(letters);
    }

    /// <inheritdoc />
    public Task<IReadOnlyDictionary<string, long>> CountAsync(StoreId store, CancellationToken cancellation = default)
    {
        using var session = new SqliteSession(database.Open());
        using var rows = session.Query(
            "SELECT code, count(*) FROM dead_letters WHERE store = $store AND replayed_at IS NULL GROUP BY code", ("$store", store.Value));
        var counts = new Dictionary<string, long>(StringComparer.Ordinal);
        while (rows.Read())
        {
            counts[rows.GetString(0)] = rows.GetInt64(1);
        }

        return Task.FromResult<IReadOnlyDictionary<string, long>>(counts);
    }

    /// <inheritdoc />
    public Task MarkReplayedAsync(StoreId store, long id, DateTimeOffset at, CancellationToken cancellation = default) =>
        writer.WriteAsync(session => session.Run(
            "UPDATE dead_letters SET replayed_at = $at WHERE store = $store AND id = $id",
            ("$store", store.Value), ("$id", id), ("$at", at.ToUnixTimeMilliseconds())));
}
