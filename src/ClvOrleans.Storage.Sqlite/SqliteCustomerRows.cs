using System.Runtime.CompilerServices;
using System.Text.Json;
using ClvOrleans.Domain;
using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Segments;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Storage.CustomerRows;
using ClvOrleans.Storage.Sql;
using ClvOrleans.Valuation;
using ClvOrleans.Valuation.Segments;
using Microsoft.Data.Sqlite;
using static ClvOrleans.Storage.Sql.CustomerRowColumns;

namespace ClvOrleans.Storage.Sqlite;

/// <inheritdoc cref="ICustomerRows" />
public sealed class SqliteCustomerRows(SqliteDatabase database, SqliteWriter writer) : ICustomerRows
{
    private const string Columns = CustomerRowColumns.All;

    // Up to so many members are sorted; of more, those at the top of the sorted list are looked for.
    private const int MostSorted = 20_000;

    /// <inheritdoc />
    public Task<CustomerRow?> FindAsync(CustomerId customer, CancellationToken cancellation = default)
    {
        using var session = database.Read();
        using var rows = session.Query(
            $"SELECT {Columns} FROM customers WHERE store = $store AND customer = $customer",
            ("$store", customer.Store.Value), ("$customer", customer.ToText()));
        return Task.FromResult(rows.Read() ? RowOf(customer.Store, rows) : null);
    }

    /// <inheritdoc />
    public Task<long> FindCommitAsync(StoreId store, int shard, CancellationToken cancellation = default)
    {
        using var session = database.Read();
        return Task.FromResult((long)session.Scalar(
            "SELECT ifnull(max(commit_number), 0) FROM customers WHERE store = $store AND shard = $shard",
            ("$store", store.Value), ("$shard", shard))!);
    }

    /// <inheritdoc />
    public IAsyncEnumerable<ShardChange> ChangesAsync(StoreId store, int shard, long after, CancellationToken cancellation = default) =>
        Read(
            $"SELECT {Columns} FROM customers WHERE store = $store AND shard = $shard AND commit_number > $after ORDER BY commit_number",
            row => new ShardChange(row.GetInt64(1), CustomerId.Parse(store, row.GetString(0)), ContributionOf(row)),
            ("$store", store.Value), ("$shard", shard), ("$after", after)).ToAsyncEnumerable();

    /// <inheritdoc />
    public IAsyncEnumerable<(long Commit, CustomerRow Row)> LateAsync(
        StoreId store, int shard, EstimateTerms due, long after, int limit, bool turning = false,
        CancellationToken cancellation = default) =>
        Read(
            $"SELECT {Columns} FROM customers WHERE store = $store AND shard = $shard AND commit_number > $after AND lifecycle IS NOT NULL "
                + "AND (estimated_on <> max($day, last_seen) OR generation < $generation OR market <> $market OR definitions <> "
                + "$definitions) AND ($turning = 0 OR ifnull(turns_on, 0) <= $day) ORDER BY commit_number LIMIT $limit",
            row => (row.GetInt64(1), RowOf(store, row)),
            ("$store", store.Value), ("$shard", shard), ("$after", after), ("$day", due.Day.DayNumber), ("$generation", due.Generation),
            ("$market", due.Market), ("$definitions", due.Definitions), ("$turning", turning ? 1 : 0),
            ("$limit", limit)).ToAsyncEnumerable();

    /// <inheritdoc />
    public IAsyncEnumerable<(long Commit, CustomerRow Row)> UnsolvedAsync(
        StoreId store, int shard, long after, int limit, CancellationToken cancellation = default) => Read(
        $"SELECT {Columns} FROM customers WHERE store = $store AND shard = $shard AND commit_number > $after AND lifecycle IS NOT NULL "
            + "AND turns_on IS NULL ORDER BY commit_number LIMIT $limit",
        row => (row.GetInt64(1), RowOf(store, row)),
        ("$store", store.Value), ("$shard", shard), ("$after", after), ("$limit", limit)).ToAsyncEnumerable();

    /// <inheritdoc />
    public Task SolveAsync(IReadOnlyCollection<CustomerTurn> turns, CancellationToken cancellation = default) =>
        writer.WriteAsync(session =>
        {
            foreach (var (customer, commit, on) in turns)
            {
                session.Run(
                    "UPDATE customers SET turns_on = $on WHERE store = $store AND customer = $customer AND commit_number = $commit",
                    ("$store", customer.Store.Value), ("$customer", customer.ToText()), ("$commit", commit), ("$on", on.DayNumber));
            }
        });

    /// <inheritdoc />
    public Task<IReadOnlyList<CustomerRow>> MembersAsync(
        StoreId store, SegmentId segment, CustomerId? after, int limit, CancellationToken cancellation = default) =>
        Task.FromResult<IReadOnlyList<CustomerRow>>(Read(
            $"SELECT {Columns} FROM customers WHERE store = $store AND customer IN (SELECT customer FROM memberships "
                + "WHERE store = $store AND segment = $segment AND customer > $after ORDER BY customer LIMIT $limit) ORDER BY customer",
            row => RowOf(store, row),
            ("$store", store.Value), ("$segment", segment.Value), ("$after", after?.ToText() ?? ""), ("$limit", limit)));

    /// <inheritdoc />
    public Task UpdateAsync(IReadOnlyCollection<CustomerRow> rows, CancellationToken cancellation = default)
    {
        var written = rows.Select(row => (Row: row, Summary: ToBytes(row.Summary))).ToArray();
        return writer.WriteAsync(session => Update(session, written));
    }

    /// <inheritdoc />
    public IAsyncEnumerable<CustomerId> SpendersAsync(StoreId store, Money least, CancellationToken cancellation = default) => Read(
        "SELECT customer FROM customers WHERE store = $store AND gross >= $least AND lifecycle IS NOT NULL ORDER BY customer",
        row => CustomerId.Parse(store, row.GetString(0)),
        ("$store", store.Value), ("$least", Clamped(least))).ToAsyncEnumerable();

    /// <inheritdoc />
    public Task<CustomerRowPage> QueryAsync(CustomerRowQuery query, CancellationToken cancellation = default)
    {
        var column = SortedBy(query.Sort);
        var rows = Read(
            $"SELECT {Columns}, {column} FROM customers WHERE {AmongMembers(query)}store = $store AND lifecycle IS NOT NULL "
                + "AND ($rfm IS NULL OR rfm = $rfm) AND ($cluster IS NULL OR cluster = $cluster) "
                + "AND lifecycle = ifnull($lifecycle, lifecycle) AND lifecycle >= $first AND predicted >= $least AND bucket >= $from AND "
                + "bucket < $below "
                + $"AND ($key IS NULL OR {column} < $key OR ({column} = $key AND customer > $customer)) "
                + $"ORDER BY {column} DESC, customer LIMIT $limit",
            row => (Row: RowOf(query.Store, row), Key: row.GetInt64(CustomerRowColumns.Count)),
            ("$store", query.Store.Value), ("$segment", query.Segment?.Value ?? ""), ("$lifecycle", (long?)query.Lifecycle),
            ("$from", query.FromBucket), ("$below", query.BelowBucket),
            ("$rfm", query.Rfm?.Number), ("$cluster", query.Cluster?.Number),
            ("$first", (long)(query.Buyers ? Lifecycle.New : Lifecycle.Prospect)), ("$least", Clamped(query.LeastPredicted)),
            ("$key", query.After?.Key), ("$customer", query.After?.Customer ?? ""), ("$limit", query.Limit + 1));
        return Task.FromResult(PageOf(query, rows));
    }

    /// <inheritdoc />
    public IAsyncEnumerable<CustomerSummary> SummariesAsync(StoreId store, CancellationToken cancellation = default) =>
        SummariesAsync("", cancellation, ("$store", store.Value));

    /// <inheritdoc />
    public IAsyncEnumerable<CustomerSummary> SummariesAsync(
        StoreId store, SegmentId segment, DateOnly keptOn, CancellationToken cancellation = default) => SummariesAsync(
        "AND customer IN (SELECT coalesce(l.target, m.customer) FROM predicted_members m LEFT JOIN identity_links l "
            + "ON l.store = m.store AND l.customer = m.customer WHERE m.store = $store AND m.segment = $segment AND m.made_on = $day) ",
        cancellation, ("$store", store.Value), ("$segment", segment.Value), ("$day", keptOn.DayNumber));

    private async IAsyncEnumerable<CustomerSummary> SummariesAsync(
        string among, [EnumeratorCancellation] CancellationToken cancellation, params (string, object?)[] parameters)
    {
        using var session = database.Read();
        using var rows = session.Query(
            $"SELECT summary FROM customers WHERE store = $store {among}AND orders > 0 AND lifecycle IS NOT NULL ORDER BY customer",
            parameters);
        while (session.Next(rows))
        {
            cancellation.ThrowIfCancellationRequested();
            yield return SummaryOf(rows, 0);
        }
    }

    /// <inheritdoc />
    public Task<IReadOnlyDictionary<SegmentCell, SegmentSums>> SumAsync(StoreId store, CancellationToken cancellation = default)
    {
        var sums = new Dictionary<SegmentCell, SegmentSums>();
        foreach (var contribution in Read(
            $"SELECT {Columns} FROM customers WHERE store = $store AND lifecycle IS NOT NULL", ContributionOf, ("$store", store.Value)))
        {
            sums[contribution.Cell!.Value] = sums.GetValueOrDefault(contribution.Cell.Value) + contribution.Sums;
        }

        return Task.FromResult<IReadOnlyDictionary<SegmentCell, SegmentSums>>(sums);
    }

    /// <summary>Writes a row that says all: what its watches noticed has been compared with the row before.</summary>
    internal static void Upsert(SqliteSession session, CustomerRow row, byte[] summary, WatchedRow watched)
    {
        var (c, s) = (row.Contribution, row.Contribution.Sums);
        session.Run(
            $"INSERT OR REPLACE INTO customers (store, shard, {Columns}) VALUES ($store, $shard, $customer, "
                + "(SELECT ifnull(max(commit_number), 0) + 1 FROM customers WHERE store = $store AND shard = $shard), $sequence, $day, "
                + "$generation, $lifecycle, $bucket, $customers, $orders, $gross, $historic, $kept, $predicted, $risk, $expected, $alive, "
                + "$summary, $seen, $market, $margin, $exact, $segments, $definitions, $watches, $turns, $variance, $hazard, $rfm, "
                + "$cluster)",
            ("$store", row.Id.Store.Value), ("$customer", row.Id.ToText()), ("$shard", session.ShardOf(row.Id)),
            ("$sequence", row.Sequence), ("$day", c.EstimatedOn.DayNumber),
            ("$generation", c.Generation), ("$lifecycle", (long?)c.Cell?.Lifecycle),
            ("$bucket", c.Cell?.Bucket),
            ("$customers", s.Customers), ("$orders", s.Orders), ("$gross", Clamped(s.Gross)), ("$historic", Clamped(s.Historic)),
            ("$kept", Clamped(s.HistoricMargin)), ("$predicted", Clamped(s.Predicted)), ("$risk", Clamped(s.AtRisk)),
            ("$expected", (long)s.ExpectedOrders), ("$alive", s.Alive), ("$seen", row.Summary.LastSeen.DayNumber), ("$market", c.Market),
            ("$margin", c.MarginBasisPoints),
            ("$variance", Clamped(s.Variance)), ("$hazard", s.Hazard),
            ("$exact", ExactOf(s)),
            ("$segments", watched.Segments.Text), ("$definitions", watched.Definitions), ("$watches", watched.Watches),
            ("$turns", row.TurnsOn?.DayNumber), ("$summary", summary), ("$rfm", c.Rfm?.Number), ("$cluster", c.Cluster?.Number));
    }

    private static void Update(SqliteSession session, IReadOnlyList<(CustomerRow Row, byte[] Summary)> rows)
    {
        foreach (var (row, summary) in rows)
        {
            if (SqliteWatches.Find(session, row.Id) is { } old && old.Sequence == row.Sequence)
            {
                SqliteWatches.Write(session, row, summary, old);
            }
        }
    }

    private string AmongMembers(CustomerRowQuery query)
    {
        if (query.Segment is not { } segment)
        {
            return "";
        }

        using var session = database.Read();
        var members = (long)session.Scalar(
            $"SELECT count(*) FROM (SELECT 1 FROM memberships WHERE store = $store AND segment = $segment LIMIT {MostSorted + 1})",
            ("$store", query.Store.Value), ("$segment", segment.Value))!;
        return members <= MostSorted
            ? "customer IN (SELECT customer FROM memberships WHERE store = $store AND segment = $segment) AND "
            : "EXISTS (SELECT 1 FROM memberships m WHERE m.store = $store AND m.segment = $segment AND m.customer = +customers.customer) "
                + "AND ";
    }

    private List<T> Read<T>(string sql, Func<SqliteDataReader, T> read, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        using var session = database.Read();
        return session.Read(sql, read, parameters);
    }
}
