using System.Runtime.CompilerServices;
using System.Text.Json;
using ClvOrleans.Domain;
using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Storage.CustomerRows;
using ClvOrleans.Valuation;
using ClvOrleans.Valuation.Segments;
using Microsoft.Data.Sqlite;

namespace ClvOrleans.Storage.Sqlite;

/// <inheritdoc cref="ICustomerRows" />
public sealed class SqliteCustomerRows(SqliteDatabase database, SqliteWriter writer) : ICustomerRows
{
    private const string Columns =
        "customer, commit_number, sequence, estimated_on, generation, lifecycle, bucket, customers, orders, gross, historic, historic_margin, "
        + "predicted, at_risk, expected_orders, alive, summary, last_seen, market, margin, exact, "
        + "variance, hazard";

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
    public IAsyncEnumerable<ShardChange> ChangesAsync(StoreId store, int shard, long after, CancellationToken cancellation = default) => Read(
        $"SELECT {Columns} FROM customers WHERE store = $store AND shard = $shard AND commit_number > $after ORDER BY commit_number",
        row => new ShardChange(row.GetInt64(1), CustomerId.Parse(store, row.GetString(0)), ContributionOf(row)),
        ("$store", store.Value), ("$shard", shard), ("$after", after)).ToAsyncEnumerable();

    /// <inheritdoc />
    public IAsyncEnumerable<(long Commit, CustomerRow Row)> LateAsync(
        StoreId store, int shard, EstimateTerms due, long after, int limit, CancellationToken cancellation = default) => Read(
        $"SELECT {Columns} FROM customers WHERE store = $store AND shard = $shard AND commit_number > $after AND lifecycle IS NOT NULL "
            + "AND (estimated_on <> max($day, last_seen) OR generation < $generation OR market <> $market) ORDER BY commit_number LIMIT $limit",
        row => (row.GetInt64(1), RowOf(store, row)),
        ("$store", store.Value), ("$shard", shard), ("$after", after), ("$day", due.Day.DayNumber), ("$generation", due.Generation),
        ("$market", due.Market), ("$limit", limit)).ToAsyncEnumerable();

    /// <inheritdoc />
    public Task UpdateAsync(IReadOnlyCollection<CustomerRow> rows, CancellationToken cancellation = default)
    {
        var written = rows.Select(row => (Row: row, Summary: ToBytes(row))).ToArray();
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
        var column = query.Sort switch
        {
            CustomerRowSort.Historic => "historic",
            CustomerRowSort.AtRisk => "at_risk",
            CustomerRowSort.LastSeen => "last_seen",
            _ => "predicted",
        };
        var rows = Read(
            $"SELECT {Columns}, {column} FROM customers WHERE store = $store AND lifecycle IS NOT NULL "
                + "AND lifecycle = ifnull($lifecycle, lifecycle) AND lifecycle >= $first AND predicted >= $least AND bucket >= $from AND bucket < $below "
                + $"AND ($key IS NULL OR {column} < $key OR ({column} = $key AND customer > $customer)) "
                + $"ORDER BY {column} DESC, customer LIMIT $limit",
            row => (Row: RowOf(query.Store, row), Key: row.GetInt64(23)),
            ("$store", query.Store.Value), ("$lifecycle", (long?)query.Lifecycle), ("$from", query.FromBucket), ("$below", query.BelowBucket),
            ("$first", (long)(query.Buyers ? Lifecycle.New : Lifecycle.Prospect)), ("$least", Clamped(query.LeastPredicted)),
            ("$key", query.After?.Key), ("$customer", query.After?.Customer ?? ""), ("$limit", query.Limit + 1));
        var page = rows.Take(query.Limit).ToList();
        var next = rows.Count > query.Limit ? new CustomerRowPosition(page[^1].Key, page[^1].Row.Id.ToText()) : null;
        return Task.FromResult(new CustomerRowPage([.. page.Select(p => p.Row)], next));
    }

    /// <inheritdoc />
    public async IAsyncEnumerable<CustomerSummary> SummariesAsync(
        StoreId store, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        using var session = database.Read();
        using var rows = session.Query(
            "SELECT summary FROM customers WHERE store = $store AND orders > 0 AND lifecycle IS NOT NULL ORDER BY customer",
            ("$store", store.Value));
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

    /// <summary>The summary as the row holds it: written down before the writer's turn.</summary>
    internal static byte[] ToBytes(CustomerRow row) => JsonSerializer.SerializeToUtf8Bytes(row.Summary, DomainJson.Default.CustomerSummary);

    internal static void Upsert(SqliteSession session, CustomerRow row) => Upsert(session, row, ToBytes(row));

    internal static void Upsert(SqliteSession session, CustomerRow row, byte[] summary)
    {
        var (c, s) = (row.Contribution, row.Contribution.Sums);
        session.Run(
            $"INSERT OR REPLACE INTO customers (store, shard, {Columns}) VALUES ($store, $shard, $customer, "
                + "(SELECT ifnull(max(commit_number), 0) + 1 FROM customers WHERE store = $store AND shard = $shard), $sequence, $day, $generation, "
                + "$lifecycle, $bucket, $customers, $orders, $gross, $historic, $kept, $predicted, $risk, $expected, $alive, $summary, $seen, "
                + "$market, $margin, $exact, $variance, $hazard)",
            ("$store", row.Id.Store.Value), ("$customer", row.Id.ToText()), ("$shard", row.Id.Shard), ("$sequence", row.Sequence),
            ("$day", c.EstimatedOn.DayNumber), ("$generation", c.Generation), ("$lifecycle", (long?)c.Cell?.Lifecycle), ("$bucket", c.Cell?.Bucket),
            ("$customers", s.Customers), ("$orders", s.Orders), ("$gross", Clamped(s.Gross)), ("$historic", Clamped(s.Historic)),
            ("$kept", Clamped(s.HistoricMargin)), ("$predicted", Clamped(s.Predicted)), ("$risk", Clamped(s.AtRisk)),
            ("$expected", (long)s.ExpectedOrders), ("$alive", s.Alive), ("$seen", row.Summary.LastSeen.DayNumber), ("$market", c.Market),
            ("$margin", c.MarginBasisPoints),
            ("$variance", Clamped(s.Variance)), ("$hazard", s.Hazard),
            ("$exact", FitsColumns(s) ? null : JsonSerializer.SerializeToUtf8Bytes(s, ValuationJson.Default.SegmentSums)),
            ("$summary", summary));
    }

    private static void Update(SqliteSession session, IReadOnlyList<(CustomerRow Row, byte[] Summary)> rows)
    {
        foreach (var (row, summary) in rows)
        {
            var sequence = session.Scalar(
                "SELECT sequence FROM customers WHERE store = $store AND customer = $customer",
                ("$store", row.Id.Store.Value), ("$customer", row.Id.ToText()));
            if (Equals(sequence, row.Sequence))
            {
                Upsert(session, row, summary);
            }
        }
    }

    private static CustomerRow RowOf(StoreId store, SqliteDataReader row) => new()
    {
        Id = CustomerId.Parse(store, row.GetString(0)),
        Sequence = row.GetInt64(2),
        Contribution = ContributionOf(row),
        Summary = SummaryOf(row, 16),
    };

    private static Contribution ContributionOf(SqliteDataReader row) => new(
        row.GetInt64(2),
        DateOnly.FromDayNumber(row.GetInt32(3)),
        row.GetInt32(4),
        row.IsDBNull(5) ? null : new SegmentCell((Lifecycle)row.GetInt32(5), row.GetInt32(6)),
        row.IsDBNull(20) ? SumsOf(row) : JsonSerializer.Deserialize((byte[])row.GetValue(20), ValuationJson.Default.SegmentSums))
    {
        LastSeen = DateOnly.FromDayNumber(row.GetInt32(17)),
        Market = string.Intern(row.GetString(18)), // A handful of calendars, kept for every customer of a shard.
        MarginBasisPoints = row.GetInt32(19),
    };

    private static SegmentSums SumsOf(SqliteDataReader row) => new(
        row.GetInt64(7), row.GetInt64(8), new Money(row.GetInt64(9)), new Money(row.GetInt64(10)), new Money(row.GetInt64(11)),
        new Money(row.GetInt64(12)), new Money(row.GetInt64(13)), row.GetInt64(14), row.GetInt64(15), row.GetInt64(21),
        row.GetInt64(22));

    // Columns hold 64 bits: lists are sorted by them, and what is beyond is kept exactly beside them.
    private static long Clamped(Money money) => Clamped(money.Minor);

    private static long Clamped(Int128 number) => (long)Int128.Clamp(number, long.MinValue, long.MaxValue);

    private static bool FitsColumns(SegmentSums s) =>
        Array.TrueForAll([s.Gross, s.Historic, s.HistoricMargin, s.Predicted, s.AtRisk], m => m.Minor == Clamped(m)) && s.Variance == Clamped(s.Variance);

    private static CustomerSummary SummaryOf(SqliteDataReader row, int column) =>
        JsonSerializer.Deserialize((byte[])row.GetValue(column), DomainJson.Default.CustomerSummary)!;

    private List<T> Read<T>(string sql, Func<SqliteDataReader, T> read, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        using var session = database.Read();
        return session.Read(sql, read, parameters);
    }
}
