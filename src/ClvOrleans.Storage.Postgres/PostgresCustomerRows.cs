using System.Data.Common;
using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Segments;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Storage.CustomerRows;
using ClvOrleans.Storage.Sql;
using ClvOrleans.Valuation;
using ClvOrleans.Valuation.Segments;
using static ClvOrleans.Storage.Sql.CustomerRowColumns;

namespace ClvOrleans.Storage.Postgres;

/// <inheritdoc cref="ICustomerRows" />
public sealed class PostgresCustomerRows(PostgresDatabase database) : ICustomerRows
{
    private const string Columns = CustomerRowColumns.All;

    private readonly ReadGroup<CustomerId, CustomerRow?> _finds = new(database, FindAsync);

    /// <inheritdoc />
    public Task<CustomerRow?> FindAsync(CustomerId customer, CancellationToken cancellation = default) => _finds.AskAsync(customer);

    /// <inheritdoc />
    public async Task<long> FindCommitAsync(StoreId store, int shard, CancellationToken cancellation = default) =>
        (await database.ReadAsync(
            "SELECT COALESCE((SELECT commit_number FROM shard_commits WHERE store = $store AND shard = $shard), 0)", row => row.GetInt64(0),
        ("$store", store.Value), ("$shard", (long)shard))).Single();

    /// <inheritdoc />
    public IAsyncEnumerable<ShardChange> ChangesAsync(StoreId store, int shard, long after, CancellationToken cancellation = default) =>
        StreamAsync(
        $"SELECT {Columns} FROM customers WHERE store = $store AND shard = $shard AND commit_number > $after ORDER BY commit_number",
        row => new ShardChange(row.GetInt64(1), CustomerId.Parse(store, row.GetString(0)), ContributionOf(row)),
        ("$store", store.Value), ("$shard", (long)shard), ("$after", after));

    /// <inheritdoc />
    public IAsyncEnumerable<(long Commit, CustomerRow Row)> LateAsync(
        StoreId store, int shard, EstimateTerms due, long after, int limit, bool turning = false,
        CancellationToken cancellation = default) =>
        StreamAsync(
            $"SELECT {Columns} FROM customers WHERE store = $store AND shard = $shard AND commit_number > $after AND lifecycle IS NOT NULL "
                + "AND (estimated_on <> GREATEST($day, last_seen) OR generation < $generation OR market <> $market OR definitions <> "
                + "$definitions) AND ($turning = 0 OR COALESCE(turns_on, 0) <= $day) ORDER BY commit_number LIMIT $limit",
            row => (row.GetInt64(1), RowOf(store, row)),
            ("$store", store.Value), ("$shard", (long)shard), ("$after", after), ("$day", (long)due.Day.DayNumber),
            ("$generation", (long)due.Generation), ("$market", due.Market), ("$definitions", due.Definitions),
            ("$turning", turning ? 1L : 0L), ("$limit", limit));

    /// <inheritdoc />
    public IAsyncEnumerable<(long Commit, CustomerRow Row)> UnsolvedAsync(
        StoreId store, int shard, long after, int limit, CancellationToken cancellation = default) => StreamAsync(
        $"SELECT {Columns} FROM customers WHERE store = $store AND shard = $shard AND commit_number > $after AND lifecycle IS NOT NULL "
            + "AND turns_on IS NULL ORDER BY commit_number LIMIT $limit",
        row => (row.GetInt64(1), RowOf(store, row)),
        ("$store", store.Value), ("$shard", (long)shard), ("$after", after), ("$limit", limit));

    /// <inheritdoc />
    public Task SolveAsync(IReadOnlyCollection<CustomerTurn> turns, CancellationToken cancellation = default) => turns.Count == 0
        ? Task.CompletedTask
        : database.WriteAsync(LockKeys.Sorted(turns.Select(t => LockKeys.Of(t.Customer))), async session => await session.RunAsync(
            "UPDATE customers c SET turns_on = t.turns_on FROM unnest($stores, $customers, $commits, $days) "
                + "AS t (store, customer, commit_number, turns_on) "
                + "WHERE c.store = t.store AND c.customer = t.customer AND c.commit_number = t.commit_number",
            ("$stores", turns.Select(t => t.Customer.Store.Value).ToArray()),
            ("$customers", turns.Select(t => t.Customer.ToText()).ToArray()),
            ("$commits", turns.Select(t => t.Commit).ToArray()), ("$days", turns.Select(t => (long)t.On.DayNumber).ToArray())));

    /// <inheritdoc />
    public Task<IReadOnlyList<CustomerRow>> MembersAsync(
        StoreId store, SegmentId segment, CustomerId? after, int limit, CancellationToken cancellation = default) => database.ReadAsync(
        $"SELECT {Columns} FROM customers WHERE store = $store AND customer IN (SELECT customer FROM memberships "
            + "WHERE store = $store AND segment = $segment AND customer > $after ORDER BY customer LIMIT $limit) ORDER BY customer",
        row => RowOf(store, row),
        ("$store", store.Value), ("$segment", segment.Value), ("$after", after?.ToText() ?? ""), ("$limit", limit));

    /// <inheritdoc />
    public Task UpdateAsync(IReadOnlyCollection<CustomerRow> rows, CancellationToken cancellation = default)
    {
        var prepared = rows.Select(r => new PreparedRow(r)).ToArray();
        return prepared.Length == 0 ? Task.CompletedTask : database.WriteAsync(
            LockKeys.Sorted(rows.Select(r => LockKeys.Of(r.Id))), async session =>
            {
                var found = new Dictionary<(string, string), (WatchedRow? Row, string? Target)>();
                await using (var reads = session.Begin())
                {
                    RowReader.Read(reads, [.. rows.Select(r => r.Id)], found);
                    await reads.SendAsync();
                }

                await using var writes = session.Begin();
                await RowWriter.WriteAsync(session, writes, [.. prepared.Where(IsUnchanged)]);
                await writes.SendAsync();

                bool IsUnchanged(PreparedRow row) =>
                    (row.Old = found[(row.Row.Id.Store.Value, row.Row.Id.ToText())].Row)?.Sequence == row.Row.Sequence;
            });
    }

    /// <inheritdoc />
    public IAsyncEnumerable<CustomerId> SpendersAsync(StoreId store, Money least, CancellationToken cancellation = default) => StreamAsync(
        "SELECT customer FROM customers WHERE store = $store AND gross >= $least AND lifecycle IS NOT NULL ORDER BY customer",
        row => CustomerId.Parse(store, row.GetString(0)),
        ("$store", store.Value), ("$least", Clamped(least)));

    /// <inheritdoc />
    public async Task<CustomerRowPage> QueryAsync(CustomerRowQuery query, CancellationToken cancellation = default)
    {
        var column = SortedBy(query.Sort);
        var (lifecycle, after) = (query.Lifecycle is null ? "" : "AND lifecycle = $lifecycle ", query.After is null ? ""
            : $"AND ({column} < $key OR ({column} = $key AND customer > $customer)) ");
        var segment = query.Segment is null ? ""
            : "AND EXISTS (SELECT 1 FROM memberships m WHERE m.store = $store AND m.segment = $segment AND m.customer = "
                + "customers.customer) ";
        var found = (query.Rfm is null ? "" : "AND rfm = $rfm ") + (query.Cluster is null ? "" : "AND cluster = $cluster ");
        var rows = await database.ReadAsync(
            $"SELECT {Columns}, {column} FROM customers WHERE store = $store AND lifecycle IS NOT NULL {lifecycle}{segment}{found}"
                + $"AND lifecycle >= $first AND predicted >= $least AND bucket >= $from AND bucket < $below {after}"
                + $"ORDER BY {column} DESC, customer LIMIT $limit",
            row => (Row: RowOf(query.Store, row), Key: row.GetInt64(CustomerRowColumns.Count)),
            ("$store", query.Store.Value), ("$segment", query.Segment?.Value ?? ""), ("$lifecycle", (long?)query.Lifecycle ?? 0),
            ("$from", query.FromBucket), ("$below", query.BelowBucket), ("$rfm", (long?)query.Rfm?.Number ?? 0),
            ("$cluster", (long?)query.Cluster?.Number ?? 0),
            ("$first", (long)(query.Buyers ? Lifecycle.New : Lifecycle.Prospect)), ("$least", Clamped(query.LeastPredicted)),
            ("$key", query.After?.Key ?? 0), ("$customer", query.After?.Customer ?? ""), ("$limit", query.Limit + 1));
        return PageOf(query, rows);
    }

    /// <inheritdoc />
    public IAsyncEnumerable<CustomerSummary> SummariesAsync(StoreId store, CancellationToken cancellation = default) => StreamAsync(
        "SELECT summary FROM customers WHERE store = $store AND orders > 0 AND lifecycle IS NOT NULL ORDER BY customer",
        row => SummaryOf(row, 0), ("$store", store.Value));

    /// <inheritdoc />
    public IAsyncEnumerable<CustomerSummary> SummariesAsync(
        StoreId store, SegmentId segment, DateOnly keptOn, CancellationToken cancellation = default) => StreamAsync(
        "SELECT summary FROM customers WHERE store = $store AND customer IN (SELECT coalesce(l.target, m.customer) "
            + "FROM predicted_members m LEFT JOIN identity_links l ON l.store = m.store AND l.customer = m.customer "
            + "WHERE m.store = $store AND m.segment = $segment AND m.made_on = $day) "
            + "AND orders > 0 AND lifecycle IS NOT NULL ORDER BY customer",
        row => SummaryOf(row, 0), ("$store", store.Value), ("$segment", segment.Value), ("$day", (long)keptOn.DayNumber));

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

    private static async Task<CustomerRow?[]> FindAsync(PostgresSession session, IReadOnlyList<CustomerId> asked)
    {
        var found = new CustomerRow?[asked.Count];
        await session.ReadAsync(
            $"SELECT {CustomerRowColumns.Of("c")}, a.place FROM unnest($stores, $customers) WITH ORDINALITY AS a (store, customer, place) "
                + "JOIN customers c ON c.store = a.store AND c.customer = a.customer",
            row =>
            {
                var place = row.GetInt32(CustomerRowColumns.Count) - 1;
                return found[place] = RowOf(asked[place].Store, row);
            },
            ("$stores", asked.Select(a => a.Store.Value).ToArray()), ("$customers", asked.Select(a => a.ToText()).ToArray()));
        return found;
    }

    private async IAsyncEnumerable<T> StreamAsync<T>(
        string sql, Func<DbDataReader, T> read, params (string Name, object? Value)[] parameters)
    {
        await using var session = await database.OpenSessionAsync(CancellationToken.None);
        await foreach (var row in session.StreamAsync(sql, read, parameters))
        {
            yield return row;
        }
    }
}
