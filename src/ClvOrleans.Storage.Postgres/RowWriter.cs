using System.Collections.Immutable;
using System.Text.Json;
using ClvOrleans.Domain.Segments;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Storage.Sql;
using ClvOrleans.Valuation;
using ClvOrleans.Valuation.Segments;
using ClvOrleans.Valuation.Watches;
using static ClvOrleans.Storage.Sql.CustomerRowColumns;

namespace ClvOrleans.Storage.Postgres;

/// <summary>Writes many customer rows at once with what their watches notice, as the last thing of a transaction.</summary>
internal sealed class RowWriter(IReadOnlyList<PreparedRow> rows, IReadOnlyList<int> shards)
{
    private static readonly string[] Columns =
    [
        "sequence", "estimated_on", "generation", "lifecycle", "bucket", "customers", "orders", "gross", "historic", "historic_margin",
        "predicted", "at_risk", "expected_orders", "alive", "last_seen", "market", "margin", "exact", "segments", "definitions", "watches",
        "turns_on", "variance", "hazard", "rfm", "cluster", "summary",
    ];

    // The numbers are taken in ascending order of the shards, so that no two transactions wait for each other, and kept until the commit.
    // Each row gets the last number of its shard less the rows behind it.
    private static readonly string Upsert =
        "WITH taken AS (INSERT INTO shard_commits AS s (store, shard, commit_number) SELECT * FROM unnest($countedstores, "
            + "$countedshards, $counts) ON CONFLICT (store, shard) DO UPDATE SET commit_number = s.commit_number + excluded.commit_number "
            + "RETURNING store, shard, commit_number) "
        + $"INSERT INTO customers (store, customer, shard, commit_number, {string.Join(", ", Columns)}) "
        + $"SELECT r.store, r.customer, r.shard, t.commit_number - r.behind, {string.Join(", ", Columns.Select(c => "r." + c))} "
        + "FROM unnest($stores, $ids, $shards, $behind, "
        + $"{string.Join(", ", Columns.Select(c => "$" + c.Replace("_", "", StringComparison.Ordinal)))}) "
        + $"AS r (store, customer, shard, behind, {string.Join(", ", Columns)}) JOIN taken t ON t.store = r.store AND t.shard = r.shard "
        + "ON CONFLICT (store, customer) DO UPDATE SET commit_number = excluded.commit_number, "
        + string.Join(", ", Columns.Select(c => $"{c} = excluded.{c}"));

    private static readonly IComparer<(string Store, int Shard)> ByShard = Comparer<(string Store, int Shard)>.Create((a, b) =>
        string.CompareOrdinal(a.Store, b.Store) is var stores && stores != 0 ? stores : a.Shard.CompareTo(b.Shard));

    private readonly (WatchedRow Now, ImmutableArray<Transition> Transitions)[] _steps = [.. rows.Select(r => r.Step())];

    /// <summary>Replaces rows, and numbers the changes of each shard in the order given.</summary>
    /// <param name="session">The transaction.</param>
    /// <param name="batch">Its last statements; it commits next.</param>
    /// <param name="rows">Rows of different customers, each with the row that it replaces.</param>
    public static async ValueTask WriteAsync(PostgresSession session, PostgresBatch batch, IReadOnlyList<PreparedRow> rows)
    {
        if (rows.Count > 0)
        {
            var counts = new Dictionary<StoreId, ShardCount>();
            foreach (var store in rows.Select(r => r.Row.Id.Store).Distinct())
            {
                counts[store] = await session.Shards.FindAsync(session, store);
            }

            var writer = new RowWriter(rows, [.. rows.Select(r => r.Row.Id.ShardIn(counts[r.Row.Id.Store]))]);
            writer.Move(batch);
            writer.Put(batch);
            writer.Notice(batch);
        }
    }

    private void Move(PostgresBatch batch)
    {
        var (left, entered) = (new List<(PreparedRow Row, SegmentId Segment)>(), new List<(PreparedRow Row, SegmentId Segment)>());
        for (var i = 0; i < rows.Count; i++)
        {
            var (row, from, to) = (rows[i], rows[i].Old?.Segments ?? default, _steps[i].Now.Segments);
            if (from != to)
            {
                left.AddRange(from.Ids.Except(to.Ids).Select(s => (row, s)));
                entered.AddRange(to.Ids.Except(from.Ids).Select(s => (row, s)));
            }
        }

        if (left.Count > 0)
        {
            batch.Run(
                "DELETE FROM memberships m USING unnest($stores, $segments, $customers) AS a (store, segment, customer) "
                    + "WHERE m.store = a.store AND m.segment = a.segment AND m.customer = a.customer",
                Memberships(left));
        }

        if (entered.Count > 0)
        {
            batch.Run(
                "INSERT INTO memberships (store, segment, customer) SELECT * FROM unnest($stores, $segments, $customers)",
                Memberships(entered));
        }
    }

    private static (string, object?)[] Memberships(List<(PreparedRow Row, SegmentId Segment)> memberships) =>
    [
        ("$stores", memberships.Select(m => m.Row.Row.Id.Store.Value).ToArray()),
        ("$segments", memberships.Select(m => m.Segment.Value).ToArray()),
        ("$customers", memberships.Select(m => m.Row.Row.Id.ToText()).ToArray()),
    ];

    private void Put(PostgresBatch batch)
    {
        var (counts, behind) = (new SortedDictionary<(string Store, int Shard), long>(ByShard), new long[rows.Count]);
        for (var i = rows.Count - 1; i >= 0; i--)
        {
            var shard = (rows[i].Row.Id.Store.Value, shards[i]);
            behind[i] = counts.GetValueOrDefault(shard);
            counts[shard] = behind[i] + 1;
        }

        batch.Run(
            Upsert,
            ("$countedstores", counts.Keys.Select(s => s.Store).ToArray()),
            ("$countedshards", counts.Keys.Select(s => (long)s.Shard).ToArray()),
            ("$counts", counts.Values.ToArray()),
            ("$stores", Of(r => r.Row.Id.Store.Value)), ("$ids", Of(r => r.Row.Id.ToText())),
            ("$shards", shards.Select(s => (long)s).ToArray()),
            ("$behind", behind), ("$sequence", Of(r => r.Row.Sequence)),
            ("$estimatedon", Of(r => (long)r.Row.Contribution.EstimatedOn.DayNumber)),
            ("$generation", Of(r => (long)r.Row.Contribution.Generation)),
            ("$lifecycle", Of(r => (long?)r.Row.Contribution.Cell?.Lifecycle)),
            ("$bucket", Of(r => (long?)r.Row.Contribution.Cell?.Bucket)), ("$customers", OfSums(s => s.Customers)),
            ("$orders", OfSums(s => s.Orders)), ("$gross", OfSums(s => Clamped(s.Gross))), ("$historic", OfSums(s => Clamped(s.Historic))),
            ("$historicmargin", OfSums(s => Clamped(s.HistoricMargin))), ("$predicted", OfSums(s => Clamped(s.Predicted))),
            ("$atrisk", OfSums(s => Clamped(s.AtRisk))), ("$expectedorders", OfSums(s => (long)s.ExpectedOrders)),
            ("$alive", OfSums(s => s.Alive)),
            ("$lastseen", Of(r => (long)r.Row.Summary.LastSeen.DayNumber)), ("$market", Of(r => r.Row.Contribution.Market)),
            ("$margin", Of(r => (long)r.Row.Contribution.MarginBasisPoints)), ("$exact", Of(r => ExactOf(r.Row.Contribution.Sums))),
            ("$segments", _steps.Select(s => s.Now.Segments.Text).ToArray()),
            ("$definitions", _steps.Select(s => s.Now.Definitions).ToArray()),
            ("$watches", _steps.Select(s => s.Now.Watches).ToArray()), ("$turnson", Of(r => (long?)r.Row.TurnsOn?.DayNumber)),
            ("$variance", OfSums(s => Clamped(s.Variance))), ("$hazard", OfSums(s => s.Hazard)),
            ("$rfm", Of(r => (long?)r.Row.Contribution.Rfm?.Number)), ("$cluster", Of(r => (long?)r.Row.Contribution.Cluster?.Number)),
            ("$summary", Of(r => r.Summary)));

        T[] Of<T>(Func<PreparedRow, T> value) => [.. rows.Select(value)];

        long[] OfSums(Func<SegmentSums, long> value) => Of(r => value(r.Row.Contribution.Sums));
    }

    // The commit number is that of the row, which this transaction has written.
    private void Notice(PostgresBatch batch)
    {
        var noticed = Enumerable.Range(0, rows.Count).Where(i => !_steps[i].Transitions.IsEmpty)
            .Select(i => (rows[i].Row.Id, _steps[i].Transitions)).ToArray();
        if (noticed.Length == 0)
        {
            return;
        }

        batch.Run(
            "INSERT INTO transitions (store, shard, commit_number, at, customer, subjects, count, payload) "
                + "SELECT c.store, c.shard, c.commit_number, t.at, c.customer, t.subjects, t.count, t.payload FROM unnest($stores, "
                + "$customers, $times, $subjects, $counts, $payloads) AS t (store, customer, at, subjects, count, payload) JOIN customers "
                + "c ON c.store = t.store AND c.customer = t.customer",
            ("$stores", noticed.Select(n => n.Id.Store.Value).ToArray()), ("$customers", noticed.Select(n => n.Id.ToText()).ToArray()),
            ("$times", noticed.Select(n => n.Transitions[0].At.ToUnixTimeMilliseconds()).ToArray()),
            ("$subjects", noticed.Select(n => WatchedRow.SubjectsOf(n.Transitions)).ToArray()),
            ("$counts", noticed.Select(n => (long)n.Transitions.Length).ToArray()),
            ("$payloads",
                noticed.Select(n => JsonSerializer.SerializeToUtf8Bytes(n.Transitions, ValuationJson.Default.ImmutableArrayTransition))
                    .ToArray()));
    }
}
