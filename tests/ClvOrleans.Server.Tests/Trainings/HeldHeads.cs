using System.Runtime.CompilerServices;
using ClvOrleans.Model.Customers;
using ClvOrleans.Model.Journal;
using ClvOrleans.Model.Segments;

namespace ClvOrleans.Server.Tests.Trainings;

/// <summary>Heads that a training reads only when it is let: it is surely under way until then.</summary>
internal sealed class HeldHeads(ICustomerHeads heads) : ICustomerHeads
{
    private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Open() => _open.TrySetResult();

    public async IAsyncEnumerable<CustomerSummary> SummariesAsync(StoreId store, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        await _open.Task.WaitAsync(cancellation);
        await foreach (var summary in heads.SummariesAsync(store, cancellation))
        {
            yield return summary;
        }
    }

    public Task<CustomerHead?> FindAsync(CustomerId customer, CancellationToken cancellation = default) => heads.FindAsync(customer, cancellation);

    public Task<long> FindCommitAsync(StoreId store, int shard, CancellationToken cancellation = default) =>
        heads.FindCommitAsync(store, shard, cancellation);

    public IAsyncEnumerable<ShardChange> ChangesAsync(StoreId store, int shard, long after, CancellationToken cancellation = default) =>
        heads.ChangesAsync(store, shard, after, cancellation);

    public IAsyncEnumerable<CustomerHead> StaleAsync(
        StoreId store, int shard, DateOnly day, int generation, int limit, CancellationToken cancellation = default) =>
        heads.StaleAsync(store, shard, day, generation, limit, cancellation);

    public Task UpdateAsync(IReadOnlyCollection<CustomerHead> update, CancellationToken cancellation = default) => heads.UpdateAsync(update, cancellation);

    public Task<HeadPage> QueryAsync(HeadQuery query, CancellationToken cancellation = default) => heads.QueryAsync(query, cancellation);

    public Task<IReadOnlyDictionary<SegmentCell, SegmentSums>> SumAsync(StoreId store, CancellationToken cancellation = default) =>
        heads.SumAsync(store, cancellation);
}
