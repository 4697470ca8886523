using System.Data.Common;
using System.Text.Json;
using ClvOrleans.Domain;
using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Storage.CustomerRows;
using ClvOrleans.Storage.Sql;
using ClvOrleans.Valuation;
using ClvOrleans.Valuation.Segments;

namespace ClvOrleans.Storage.Postgres;

/// <inheritdoc cref="ICustomerRows" />
public sealed class PostgresCustomerRows(PostgresDatabase database) : ICustomerRows
{
    private const string Columns =
        "customer, commit_number, sequence, estimated_on, generation, lifecycle, bucket, customers, orders, gross, historic, historic_margin, "
        + "predicted, at_risk, expected_orders, alive, summary, last_seen, market, margin, exact";

    /// <inheritdoc />
    public async Task<CustomerRow?> FindAsync(CustomerId customer, CancellationToken cancellation = default) => (await database.ReadAsync(
        $"SELECT {Columns} FROM customers WHERE store = $store AND customer = $customer", row => RowOf(customer.Store, row),
        ("$store", customer.Store.Value), ("$customer", customer.ToText()))).SingleOrDefault();

    /// <inheritdoc />
    public async Task<long> FindCommitAsync(StoreId store, int shard, CancellationToken cancellation = default) => (await database.ReadAsync(
        "SELECT COALESCE((SELECT commit_number FROM shard_commits WHERE store = $store AND shard = $shard), 0)", row => row.GetInt64(0),
        ("$store", store.Value), ("$shard", (long)shard))).Single();

    /// <inheritdoc />
    public IAsyncEnumerable<ShardChange> ChangesAsync(StoreId store, int shard, long after, CancellationToken cancellation = default) => StreamAsync(
        $"SELECT {Columns} FROM customers WHERE store = $store AND shard = $shard AND commit_number > $after ORDER BY commit_number",
        row => new ShardChange(row.GetInt64(1), CustomerId.Parse(store, row.GetString(0)), ContributionOf(row)),
        ("$store", store.Value), ("$shard", (long)shard), ("$after", after));

    /// <inheritdoc />
    public IAsyncEnumerable<(long Commit, CustomerRow Row)> LateAsync(
        StoreId store, int shard, EstimateTerms due, long after, int limit, CancellationToken cancellation = default) => StreamAsync(
        $"SELECT {Columns} FROM customers WHERE store = $store AND shard = $shard AND commit_number > $after AND lifecycle IS NOT NULL "
            + "AND (estimated_on <> GREATEST($day, last_seen) OR generation < $generation OR market <> $market) "
            + "ORDER BY commit_number LIMIT $limit",
        row => (row.GetInt64(1), RowOf(store, row)),
        ("$store", store.Value), ("$shard", (long)shard), ("$after", after), ("$day", (long)due.Day.DayNumber),
        ("$generation", (long)due.Generation), ("$market", due.Market), ("$limit", limit));

    /// <inheritdoc />
    public Task UpdateAsync(IReadOnlyCollection<CustomerRow> rows, CancellationToken cancellation = default)
    {
        var prepared = rows.Select(r => new PreparedRow(r)).ToArray();
        return prepared.Length == 0 ? Task.CompletedTask : database.WriteAsync(
            LockKeys.Sorted(rows.Select(r => LockKeys.Of(r.Id))), async session =>
            {
                var unchanged = (await session.ReadAsync(
                    "SELECT a.place FROM unnest($stores, $customers, $sequences) WITH ORDINALITY AS a (store, customer, sequence, place) "
                        + "JOIN customers c ON c.store = a.store AND c.customer = a.customer AND c.sequence = a.sequence ORDER BY a.place",
                    row => (int)row.GetInt64(0),
                    ("$stores", prepared.Select(p => p.Row.Id.Store.Value).ToArray()),
                    ("$customers", prepared.Select(p => p.Row.Id.ToText()).ToArray()),
                    ("$sequences", prepared.Select(p => p.Row.Sequence).ToArray()))).Select(place => prepared[place - 1]);
                await RowWriter.WriteAsync(session, [.. unchanged]);
            });
    }

    /// <inheritdoc />
    public IAsyncEnumerable<CustomerId> SpendersAsync(StoreId store, Money least, CancellationToken cancellation = default) => StreamAsync(
        "SELECT customer FROM customers WHERE store = $store AND gross >= $least AND lifecycle IS NOT NULL ORDER BY customer",
        row => CustomerId.Parse(store, row.GetString(0)),
        ("$store", store.Value), ("$least", RowWriter.Clamped(least)));

    /// <inheritdoc />
    public async Task<CustomerRowPage> QueryAsync(CustomerRowQuery query, CancellationToken cancellation = default)
    {
        var column = query.Sort switch
        {
            CustomerRowSort.Historic => "historic",
            CustomerRowSort.AtRisk => "at_risk",
            CustomerRowSort.LastSeen => "last_seen",
            _ => "predicted",
        };
        var (lifecycle, after) = (query.Lifecycle is null ? "" : "AND lifecycle = $lifecycle ", query.After is null ? ""
            : $"AND ({column} < $key OR ({column} = $key AND customer > $customer)) ");
        var rows = await database.ReadAsync(
            $"SELECT {Columns}, {column} FROM customers WHERE store = $store AND lifecycle IS NOT NULL {lifecycle}"
                + $"AND lifecycle >= $first AND predicted >= $least AND bucket >= $from AND bucket < $below {after}"
                + $"ORDER BY {column} DESC, customer LIMIT $limit",
            row => (Row: RowOf(query.Store, row), Key: row.GetInt64(21)),
            ("$store", query.Store.Value), ("$lifecycle", (long?)query.Lifecycle ?? 0), ("$from", query.FromBucket), ("$below", query.BelowBucket),
            ("$first", (long)(query.Buyers ? Lifecycle.New : Lifecycle.Prospect)), ("$least", RowWriter.Clamped(query.LeastPredicted)),
            ("$key", query.After?.Key ?? 0), ("$customer", query.After?.Customer ?? ""), ("$limit", query.Limit + 1));
        var page = rows.Take(query.Limit).ToList();
        var next = rows.Count > query.Limit ? new CustomerRowPosition(page[^1].Key, page[^1].Row.Id.ToText()) : null;
        return new CustomerRowPage([.. page.Select(p => p.Row)], next);
    }

    /// <inheritdoc />
    public IAsyncEnumerable<CustomerSummary> SummariesAsync(StoreId store, CancellationToken cancellation = default) => StreamAsync(
        "SELECT summary FROM customers WHERE store = $store AND orders > 0 AND lifecycle IS NOT NULL ORDER BY customer",
        row => SummaryOf(row, 0), ("$store", store.Value));

    /// <inheritdoc />
    public async Task<IReadOnlyDictionary<SegmentCell, SegmentSums>> SumAsync(StoreId store, CancellationToken cancellation = default)
    {
        var sums = new Dictionary<SegmentCell, SegmentSums>();
        await foreach (var contribution in StreamAsync(
            $"SELECT {Columns} FROM customers WHERE store = $store AND lifecycle IS NOT NULL", ContributionOf, ("$store", store.Value)))
        {
            sums[contribution.Cell!.Value] = sums.GetValueOrDefault(contribution.Cell.Value) + contribution.Sums;
        }

        return sums;
    }

    private static CustomerRow RowOf(StoreId store, DbDataReader row) => new()
    {
        Id = CustomerId.Parse(store, row.GetString(0)),
        Sequence = row.GetInt64(2),
        Contribution = ContributionOf(row),
        Summary = SummaryOf(row, 16),
    };

    private static Contribution ContributionOf(DbDataReader row) => new(
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

    private static SegmentSums SumsOf(DbDataReader row) => new(
        row.GetInt64(7), row.GetInt64(8), new Money(row.GetInt64(9)), new Money(row.GetInt64(10)), new Money(row.GetInt64(11)),
        new Money(row.GetInt64(12)), new Money(row.GetInt64(13)), row.GetInt64(14), row.GetInt64(15));

    private static CustomerSummary SummaryOf(DbDataReader row, int column) =>
        JsonSerializer.Deserialize((byte[])row.GetValue(column), DomainJson.Default.CustomerSummary)!;

    private async IAsyncEnumerable<T> StreamAsync<T>(string sql, Func<DbDataReader, T> read, params (string Name, object? Value)[] parameters)
    {
        await using var session = await database.OpenSessionAsync(CancellationToken.None);
        await foreach (var row in session.StreamAsync(sql, read, parameters))
        {
            yield return row;
        }
    }
}
