using ClvOrleans.Domain.Stores;
using ClvOrleans.Storage.Sources;

namespace ClvOrleans.Storage.Sqlite;

/// <inheritdoc cref="ISourceCounts" />
public sealed class SqliteSourceCounts(SqliteDatabase database, SqliteWriter writer) : ISourceCounts
{
    /// <inheritdoc />
    public Task AddAsync(StoreId store, IReadOnlyCollection<SourceCount> counts, CancellationToken cancellation = default) =>
        writer.WriteLaterAsync(session =>
        {
            foreach (var count in counts)
            {
                session.Run(
                    "INSERT INTO source_counts (store, source, outcome, code, events, last_at) "
                        + "VALUES ($store, $source, $outcome, $code, $events, $at) "
                        + "ON CONFLICT DO UPDATE SET events = events + excluded.events, last_at = max(last_at, excluded.last_at)",
                    ("$store", store.Value), ("$source", count.Source), ("$outcome", count.Outcome.ToString()), ("$code", count.Code),
                    ("$events", count.Events), ("$at", count.LastAt.ToUnixTimeMilliseconds()));
            }
        });

    /// <inheritdoc />
    public Task<IReadOnlyList<SourceCount>> ReadAsync(StoreId store, CancellationToken cancellation = default)
    {
        using var session = new SqliteSession(database.Open());
        return Task.FromResult<IReadOnlyList<SourceCount>>(session.Read(
            "SELECT source, outcome, code, events, last_at FROM source_counts WHERE store = $store ORDER BY source, outcome, code",
            row => new SourceCount(
                row.GetString(0), Enum.Parse<SourceOutcome>(row.GetString(1)), row.GetString(2), row.GetInt64(3),
                DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(4))),
            ("$store", store.Value)));
    }
}
