using System.Text.Json;
using ClvOrleans.Domain.Currencies;
using ClvOrleans.Valuation;
using ClvOrleans.Valuation.Segments;

namespace ClvOrleans.Storage.Postgres;

/// <summary>Writes many customer rows at once, as the last thing of a transaction.</summary>
internal static class RowWriter
{
    private static readonly string[] Columns =
    [
        "shard", "commit_number", "sequence", "estimated_on", "generation", "lifecycle", "bucket", "customers", "orders", "gross", "historic",
        "historic_margin", "predicted", "at_risk", "expected_orders", "alive", "last_seen", "market", "margin", "exact", "summary",
    ];

    private static readonly string Upsert =
        $"INSERT INTO customers (store, customer, {string.Join(", ", Columns)}) "
        + $"SELECT * FROM unnest($stores, $ids, {string.Join(", ", Columns.Select(c => "$" + c.Replace("_", "", StringComparison.Ordinal)))}) "
        + $"ON CONFLICT (store, customer) DO UPDATE SET {string.Join(", ", Columns.Select(c => $"{c} = excluded.{c}"))}";

    // The numbers are taken in ascending order of the shards, so that no two transactions wait for each other, and kept until the commit.
    private const string TakeNumbers =
        "INSERT INTO shard_commits AS s (store, shard, commit_number) SELECT * FROM unnest($stores, $shards, $counts) "
        + "ON CONFLICT (store, shard) DO UPDATE SET commit_number = s.commit_number + excluded.commit_number RETURNING store, shard, commit_number";

    /// <summary>Replaces rows, and numbers the changes of each shard in the order given.</summary>
    /// <param name="session">In a transaction, which commits next.</param>
    /// <param name="rows">Rows of different customers.</param>
    public static async Task WriteAsync(PostgresSession session, IReadOnlyList<PreparedRow> rows)
    {
        if (rows.Count == 0)
        {
            return;
        }

        var last = await TakeAsync(session, rows);
        var numbers = new long[rows.Count];
        for (var i = rows.Count - 1; i >= 0; i--)
        {
            var id = rows[i].Row.Id;
            numbers[i] = last[(id.Store.Value, id.Shard)]--;
        }

        await session.RunAsync(
            Upsert,
            ("$stores", Of(r => r.Row.Id.Store.Value)), ("$ids", Of(r => r.Row.Id.ToText())), ("$shard", Of(r => (long)r.Row.Id.Shard)),
            ("$commitnumber", numbers), ("$sequence", Of(r => r.Row.Sequence)),
            ("$estimatedon", Of(r => (long)r.Row.Contribution.EstimatedOn.DayNumber)),
            ("$generation", Of(r => (long)r.Row.Contribution.Generation)), ("$lifecycle", Of(r => (long?)r.Row.Contribution.Cell?.Lifecycle)),
            ("$bucket", Of(r => (long?)r.Row.Contribution.Cell?.Bucket)), ("$customers", OfSums(s => s.Customers)),
            ("$orders", OfSums(s => s.Orders)), ("$gross", OfSums(s => Clamped(s.Gross))), ("$historic", OfSums(s => Clamped(s.Historic))),
            ("$historicmargin", OfSums(s => Clamped(s.HistoricMargin))), ("$predicted", OfSums(s => Clamped(s.Predicted))),
            ("$atrisk", OfSums(s => Clamped(s.AtRisk))), ("$expectedorders", OfSums(s => (long)s.ExpectedOrders)), ("$alive", OfSums(s => s.Alive)),
            ("$lastseen", Of(r => (long)r.Row.Summary.LastSeen.DayNumber)), ("$market", Of(r => r.Row.Contribution.Market)),
            ("$margin", Of(r => (long)r.Row.Contribution.MarginBasisPoints)), ("$exact", Of(r => ExactOf(r.Row.Contribution.Sums))),
            ("$summary", Of(r => r.Summary)));

        T[] Of<T>(Func<PreparedRow, T> value) => [.. rows.Select(value)];

        long[] OfSums(Func<SegmentSums, long> value) => Of(r => value(r.Row.Contribution.Sums));
    }

    /// <summary>An amount as its column holds it.</summary>
    public static long Clamped(Money money) => (long)Int128.Clamp(money.Minor, long.MinValue, long.MaxValue);

    private static byte[]? ExactOf(SegmentSums s) =>
        Array.TrueForAll([s.Gross, s.Historic, s.HistoricMargin, s.Predicted, s.AtRisk], m => m.Minor == Clamped(m))
            ? null
            : JsonSerializer.SerializeToUtf8Bytes(s, ValuationJson.Default.SegmentSums);

    private static async Task<Dictionary<(string, int), long>> TakeAsync(PostgresSession session, IReadOnlyList<PreparedRow> rows)
    {
        var shards = rows.GroupBy(r => (Store: r.Row.Id.Store.Value, r.Row.Id.Shard))
            .OrderBy(g => g.Key.Store, StringComparer.Ordinal).ThenBy(g => g.Key.Shard).ToArray();
        var taken = await session.ReadAsync(
            TakeNumbers, row => (Store: row.GetString(0), Shard: row.GetInt32(1), Last: row.GetInt64(2)),
            ("$stores", shards.Select(s => s.Key.Store).ToArray()), ("$shards", shards.Select(s => (long)s.Key.Shard).ToArray()),
            ("$counts", shards.Select(s => (long)s.Count()).ToArray()));
        return taken.ToDictionary(t => (t.Store, t.Shard), t => t.Last);
    }
}
