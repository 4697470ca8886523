using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Segments;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Valuation.Segments;

namespace ClvOrleans.Storage.CustomerRows;

/// <summary>The read model: one row a customer, current up to the last committed transaction.</summary>
public interface ICustomerRows
{
    /// <summary>A customer's row; null for someone without events.</summary>
    Task<CustomerRow?> FindAsync(CustomerId customer, CancellationToken cancellation = default);

    /// <summary>The last commit number of a shard; 0 without commits.</summary>
    Task<long> FindCommitAsync(StoreId store, int shard, CancellationToken cancellation = default);

    /// <summary>
    /// Contributions of one shard whose commit number is above <paramref name="after"/>, in order of commit number. Customers that
    /// were merged into others are reported as gone.
    /// </summary>
    IAsyncEnumerable<ShardChange> ChangesAsync(StoreId store, int shard, long after, CancellationToken cancellation = default);

    /// <summary>
    /// Rows of one shard whose estimate is stale (<see cref="Contribution.IsLate"/>) and whose commit number is above
    /// <paramref name="after"/>, in order of commit number. With <paramref name="turning"/> only those of which a watch may have turned
    /// up to the day: whose <see cref="CustomerRow.TurnsOn"/> has come or is not known.
    /// </summary>
    IAsyncEnumerable<(long Commit, CustomerRow Row)> LateAsync(
        StoreId store, int shard, EstimateTerms due, long after, int limit, bool turning = false, CancellationToken cancellation = default);

    /// <summary>
    /// Rows of one shard whose <see cref="CustomerRow.TurnsOn"/> is not known and whose commit number is above <paramref name="after"/>,
    /// in order of commit number.
    /// </summary>
    IAsyncEnumerable<(long Commit, CustomerRow Row)> UnsolvedAsync(
        StoreId store, int shard, long after, int limit, CancellationToken cancellation = default);

    /// <summary>
    /// Says on which day a watch turns, of rows that still are of the commit that it was solved for. No new commit: what followers read
    /// stays as it is.
    /// </summary>
    Task SolveAsync(IReadOnlyCollection<CustomerTurn> turns, CancellationToken cancellation = default);

    /// <summary>Members of an own segment whose id, as text, is after <paramref name="after"/>, by id.</summary>
    Task<IReadOnlyList<CustomerRow>> MembersAsync(
        StoreId store, SegmentId segment, CustomerId? after, int limit, CancellationToken cancellation = default);

    /// <summary>
    /// Replaces the estimates of rows whose sequence is unchanged. Rows that have moved on are left alone: their estimate is newer.
    /// </summary>
    Task UpdateAsync(IReadOnlyCollection<CustomerRow> rows, CancellationToken cancellation = default);

    /// <summary>Customers whose purchases before refunds add up to at least an amount; streamed.</summary>
    IAsyncEnumerable<CustomerId> SpendersAsync(StoreId store, Money least, CancellationToken cancellation = default);

    /// <summary>One page of customers.</summary>
    Task<CustomerRowPage> QueryAsync(CustomerRowQuery query, CancellationToken cancellation = default);

    /// <summary>All summaries of buyers, streamed, for training.</summary>
    IAsyncEnumerable<CustomerSummary> SummariesAsync(StoreId store, CancellationToken cancellation = default);

    /// <summary>
    /// Summaries of buyers, streamed, who were in an own segment when its members were kept as of a day; of those who have become others,
    /// theirs.
    /// </summary>
    IAsyncEnumerable<CustomerSummary> SummariesAsync(
        StoreId store, SegmentId segment, DateOnly keptOn, CancellationToken cancellation = default);

    /// <summary>The sum of all contributions by cell, read from the rows: the total that the shards must add up to.</summary>
    Task<IReadOnlyDictionary<SegmentCell, SegmentSums>> SumAsync(StoreId store, CancellationToken cancellation = default);
}
