using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Segments;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Storage.CustomerRows;
using ClvOrleans.Valuation.Segments;

namespace ClvOrleans.Storage.Conformance.InMemory;

/// <inheritdoc />
internal sealed class InMemoryCustomerRows(InMemoryStorage storage) : ICustomerRows
{
    public Task<CustomerRow?> FindAsync(CustomerId customer, CancellationToken cancellation = default) =>
        storage.ReadAsync<CustomerRow?>(state => state.Rows.GetValueOrDefault(customer).Row);

    public Task<long> FindCommitAsync(StoreId store, int shard, CancellationToken cancellation = default) =>
        storage.ReadAsync(state => state.ShardOf(store, shard).LastOrDefault().Commit);

    public IAsyncEnumerable<ShardChange> ChangesAsync(StoreId store, int shard, long after, CancellationToken cancellation = default) =>
        storage.Read(state => state.ShardOf(store, shard)).Where(r => r.Commit > after)
            .Select(r => new ShardChange(r.Commit, r.Row.Id, r.Row.Contribution)).ToAsyncEnumerable();

    public IAsyncEnumerable<(long Commit, CustomerRow Row)> LateAsync(
        StoreId store, int shard, EstimateTerms due, long after, int limit, bool turning = false,
        CancellationToken cancellation = default) =>
        storage.Read(state => state.ShardOf(store, shard)).Where(r => r.Commit > after && r.Row.Contribution.IsLate(due))
            .Where(r => !turning || !(r.Row.TurnsOn > due.Day)).Take(limit).ToAsyncEnumerable();

    public IAsyncEnumerable<(long Commit, CustomerRow Row)> UnsolvedAsync(
        StoreId store, int shard, long after, int limit, CancellationToken cancellation = default) =>
        storage.Read(state => state.ShardOf(store, shard))
            .Where(r => r.Commit > after && r.Row.Contribution.Cell is not null && r.Row.TurnsOn is null).Take(limit).ToAsyncEnumerable();

    public Task SolveAsync(IReadOnlyCollection<CustomerTurn> turns, CancellationToken cancellation = default) =>
        storage.ChangeAsync(
            state => turns.Aggregate(state, (s, turn) => s.Rows.GetValueOrDefault(turn.Customer) is var (commit, row) && row is not null
                && commit == turn.Commit
                    ? s with { Rows = s.Rows.SetItem(turn.Customer, (commit, row with { TurnsOn = turn.On })) }
                    : s));

    public Task<IReadOnlyList<CustomerRow>> MembersAsync(
        StoreId store, SegmentId segment, CustomerId? after, int limit, CancellationToken cancellation = default) =>
        storage.ReadAsync<IReadOnlyList<CustomerRow>>(state =>
        [
            .. state.RowsOf(store).Where(r => r.Contribution.Segments.Ids.Contains(segment))
                .Where(r => string.CompareOrdinal(r.Id.ToText(), after?.ToText() ?? "") > 0).Take(limit),
        ]);

    public Task UpdateAsync(IReadOnlyCollection<CustomerRow> rows, CancellationToken cancellation = default) =>
        storage.ChangeAsync(state =>
        rows.Aggregate(state, (s, row) => s.Rows.GetValueOrDefault(row.Id).Row?.Sequence == row.Sequence ? s.Watch(row) : s));

    public IAsyncEnumerable<CustomerId> SpendersAsync(StoreId store, Money least, CancellationToken cancellation = default) =>
        storage.Read(state => state.RowsOf(store)).Where(r => r.Contribution.Sums.Gross >= least).Select(r => r.Id).ToAsyncEnumerable();

    public Task<CustomerRowPage> QueryAsync(CustomerRowQuery query, CancellationToken cancellation = default) => storage.ReadAsync(state =>
    {
        var rows = state.RowsOf(query.Store)
            .Where(r => query.Segment is not { } segment || r.Contribution.Segments.Ids.Contains(segment))
            .Where(r => query.Rfm is null || r.Contribution.Rfm == query.Rfm)
            .Where(r => query.Cluster is null || r.Contribution.Cluster == query.Cluster)
            .Where(r => query.Lifecycle is null || r.Contribution.Cell!.Value.Lifecycle == query.Lifecycle)
            .Where(r => !query.Buyers || r.Contribution.Cell!.Value.Lifecycle != Lifecycle.Prospect)
            .Where(r => r.Contribution.Cell!.Value.Bucket >= query.FromBucket && r.Contribution.Cell!.Value.Bucket < query.BelowBucket)
            .Where(r => r.Contribution.Sums.Predicted >= query.LeastPredicted)
            .Select(r => (Row: r, Key: KeyOf(r, query.Sort)))
            .OrderByDescending(r => r.Key).ThenBy(r => r.Row.Id.ToText(), StringComparer.Ordinal)
            .Where(r => query.After is not { } after || r.Key < after.Key
                || (r.Key == after.Key && string.CompareOrdinal(r.Row.Id.ToText(), after.Customer) > 0))
            .Take(query.Limit + 1).ToArray();
        var last = rows.Length > query.Limit ? rows[query.Limit - 1] : default;
        return new CustomerRowPage(
            [.. rows.Take(query.Limit).Select(r => r.Row)],
            last.Row is null ? null : new CustomerRowPosition(last.Key, last.Row.Id.ToText()));
    });

    public IAsyncEnumerable<CustomerSummary> SummariesAsync(StoreId store, CancellationToken cancellation = default) =>
        storage.Read(state => state.RowsOf(store)).Where(r => r.Contribution.Sums.Orders > 0).Select(r => r.Summary).ToAsyncEnumerable();

    public IAsyncEnumerable<CustomerSummary> SummariesAsync(
        StoreId store, SegmentId segment, DateOnly keptOn, CancellationToken cancellation = default) => storage.Read(state =>
        {
            var kept = state.Members.GetValueOrDefault((store, segment, keptOn)) ?? [];
            var now = kept.Select(c => state.Links.GetValueOrDefault(c, c)).ToHashSet();
            return state.RowsOf(store).Where(r => now.Contains(r.Id) && r.Contribution.Sums.Orders > 0).Select(r => r.Summary).ToArray();
        }).ToAsyncEnumerable();

    public Task<IReadOnlyDictionary<SegmentCell, SegmentSums>> SumAsync(StoreId store, CancellationToken cancellation = default) =>
        storage.ReadAsync<IReadOnlyDictionary<SegmentCell, SegmentSums>>(state => state.RowsOf(store)
            .GroupBy(r => r.Contribution.Cell!.Value)
            .ToDictionary(g => g.Key, g => g.Aggregate(default(SegmentSums), (s, r) => s + r.Contribution.Sums)));

    // Lists are sorted by 64 bits; what is beyond is equal.
    private static long KeyOf(CustomerRow row, CustomerRowSort sort) => sort switch
    {
        CustomerRowSort.Historic => Clamped(row.Contribution.Sums.Historic),
        CustomerRowSort.AtRisk => Clamped(row.Contribution.Sums.AtRisk),
        CustomerRowSort.LastSeen => row.Summary.LastSeen.DayNumber,
        _ => Clamped(row.Contribution.Sums.Predicted),
    };

    private static long Clamped(Money money) => (long)Int128.Clamp(money.Minor, long.MinValue, long.MaxValue);
}
