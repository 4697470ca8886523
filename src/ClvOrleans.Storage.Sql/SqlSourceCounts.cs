using ClvOrleans.Domain.Stores;
using ClvOrleans.Storage.Sources;

namespace ClvOrleans.Storage.Sql;

/// <inheritdoc cref="ISourceCounts" />
public sealed class SqlSourceCounts(ISqlDatabase database) : ISourceCounts
{
    /// <inheritdoc />
    public Task AddAsync(StoreId store, IReadOnlyCollection<SourceCount> counts, CancellationToken cancellation = default) =>
        database.WriteLaterAsync($"source-counts/{store}", async session =>
        {
            foreach (var count in counts)
            {
                await session.RunAsync(
                    "INSERT INTO source_counts (store, source, outcome, code, events, last_at) "
                        + "VALUES ($store, $source, $outcome, $code, $events, $at) ON CONFLICT (store, source, outcome, code) DO UPDATE "
                        + "SET events = source_counts.events + excluded.events, last_at = CASE WHEN source_counts.last_at > "
                        + "excluded.last_at THEN source_counts.last_at ELSE excluded.last_at END",
                    ("$store", store.Value), ("$source", count.Source), ("$outcome", count.Outcome.ToString()), ("$code", count.Code),
                    ("$events", count.Events), ("$at", count.LastAt.ToUnixTimeMilliseconds()));
            }
        });

    /// <inheritdoc />
    public Task<IReadOnlyList<SourceCount>> ReadAsync(StoreId store, CancellationToken cancellation = default) => database.ReadAsync(
        "SELECT source, outcome, code, events, last_at FROM source_counts WHERE store = $store ORDER BY source, outcome, code",
        row => new SourceCount(
            row.GetString(0), Enum.Parse<SourceOutcome>(row.GetString(1)), row.GetString(2), row.GetInt64(3),
            DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(4))),
        ("$store", store.Value));
}
