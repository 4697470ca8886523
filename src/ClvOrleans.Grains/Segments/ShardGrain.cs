using System.Collections.Immutable;
using ClvOrleans.Contracts;
using ClvOrleans.Grains.Estimates;
using ClvOrleans.Grains.Market;
using ClvOrleans.Model.Customers;
using ClvOrleans.Model.Journal;
using ClvOrleans.Model.Segments;

namespace ClvOrleans.Grains.Segments;

/// <inheritdoc cref="IShardGrain" />
/// <remarks>
/// It follows the heads by commit number instead of being told: nothing can be lost on the way, and a new activation is the old
/// one after a longer pause.
/// </remarks>
public sealed class ShardGrain(
    ICustomerHeads heads, IStores stores, IChampions champions, MarketCache markets, TimeProvider time) : Grain, IShardGrain
{
    private const int Page = 500;
    private readonly Dictionary<CustomerId, Contribution> _contributions = [];
    private readonly Dictionary<SegmentCell, SegmentSums> _cells = [];
    private long _commit;
    private (DateOnly Day, int Generation) _swept;

    /// <inheritdoc />
    public async Task<ShardSums> SumAsync()
    {
        var key = this.GetPrimaryKeyString();
        var (store, shard) = (GrainKeys.ToStore(key), GrainKeys.ToShard(key));
        await SweepAsync(store, shard);
        await foreach (var change in heads.ChangesAsync(store, shard, _commit))
        {
            Apply(change);
        }

        return new ShardSums(_cells.ToImmutableDictionary());
    }

    private void Apply(ShardChange change)
    {
        _commit = change.Commit;
        if (_contributions.TryGetValue(change.Customer, out var old))
        {
            if (!change.Contribution.Replaces(old))
            {
                return;
            }

            Add(old.Cell, default(SegmentSums) - old.Sums);
        }

        _contributions[change.Customer] = change.Contribution;
        Add(change.Contribution.Cell, change.Contribution.Sums);
    }

    private void Add(SegmentCell? cell, SegmentSums sums)
    {
        if (cell is not { } at)
        {
            return;
        }

        var sum = _cells.GetValueOrDefault(at) + sums;
        if (sum == default)
        {
            _cells.Remove(at);
        }
        else
        {
            _cells[at] = sum;
        }
    }

    // Time passes for silent customers too: once a local day, and after each promotion, estimates are renewed without waking anyone.
    private async Task SweepAsync(StoreId storeId, int shard)
    {
        var store = stores.Find(storeId);
        var champion = champions.Find(storeId);
        var today = store.DayOf(time.GetUtcNow());
        if (_swept == (today, champion.Generation))
        {
            return;
        }

        var market = await markets.OfAsync(storeId);
        var renewed = new List<CustomerHead>();
        await foreach (var head in heads.StaleAsync(storeId, shard, today, champion.Generation))
        {
            var estimate = champion.Model.Estimate(head.Summary, market, store, today, store.Horizon);
            var contribution = Contribution.Of(head.Sequence, champion.Generation, head.Summary, estimate, store.MarginBasisPoints);
            renewed.Add(head with { Contribution = contribution });
        }

        foreach (var page in renewed.Chunk(Page))
        {
            await heads.UpdateAsync(page);
        }

        _swept = (today, champion.Generation);
    }
}
