using System.Collections.Immutable;
using ClvOrleans.Contracts;
using ClvOrleans.Grains.Estimates;
using ClvOrleans.Grains.Market;
using ClvOrleans.Model.Customers;
using ClvOrleans.Model.Journal;
using ClvOrleans.Model.Market;
using ClvOrleans.Model.Segments;
using Microsoft.Extensions.Logging;

namespace ClvOrleans.Grains.Segments;

/// <inheritdoc cref="IShardGrain" />
/// <remarks>
/// It follows the heads by commit number instead of being told: nothing can be lost on the way, and a new activation is the old
/// one after a longer pause. Time passes for silent customers too: each local day, and after a new champion or market calendar,
/// estimates are renewed from their heads, page by page, without waking anyone.
/// </remarks>
public sealed partial class ShardGrain(
    ICustomerHeads heads, IStores stores, IChampions champions, MarketCache markets, TimeProvider time, ILogger<ShardGrain> logger)
    : Grain, IShardGrain
{
    /// <summary>How many estimates one call renews: a fraction of a second, so that reads wait no longer for a renewal.</summary>
    public const int Page = 250;

    private readonly Dictionary<CustomerId, Contribution> _contributions = [];
    private readonly Dictionary<SegmentCell, SegmentSums> _cells = [];
    private long _commit;

    // No estimate is of an earlier day or champion than these.
    private (DateOnly Day, int Generation) _renewed;
    private MarketCalendar _market = MarketCalendar.Empty;
    private int _ofOldMarket;

    private StoreId Store => GrainKeys.ToStore(this.GetPrimaryKeyString());

    private int Shard => GrainKeys.ToShard(this.GetPrimaryKeyString());

    private (DateOnly Day, int Generation) Due => (stores.Find(Store).DayOf(time.GetUtcNow()), champions.Find(Store).Generation);

    /// <inheritdoc />
    public async Task<ShardSums> SumAsync()
    {
        await FollowAsync();
        try
        {
            await RenewPageAsync();
        }
        catch (Exception e)
        {
            // The sums are right for the age that they state.
            LogNotRenewed(e, Shard);
        }

        return Sums(Due);
    }

    /// <inheritdoc />
    public async Task<bool> RenewAsync()
    {
        await FollowAsync();
        return await RenewPageAsync();
    }

    private ShardSums Sums((DateOnly Day, int Generation) due)
    {
        var (oldest, waiting) = (due.Day, (long)_ofOldMarket);
        if (_renewed != due)
        {
            foreach (var contribution in _contributions.Values.Where(c => IsLate(c, due)))
            {
                oldest = contribution.EstimatedOn < oldest ? contribution.EstimatedOn : oldest;
                waiting++;
            }
        }

        return new ShardSums(_cells.ToImmutableDictionary(), oldest, Math.Min(waiting, _contributions.Count));
    }

    private static bool IsLate(Contribution contribution, (DateOnly Day, int Generation) due) =>
        contribution.Cell is not null && (contribution.EstimatedOn < due.Day || contribution.Generation < due.Generation);

    private async Task FollowAsync()
    {
        await foreach (var change in heads.ChangesAsync(Store, Shard, _commit))
        {
            Apply(change);
        }
    }

    // A later commit holds the customer's whole contribution as it is now: it replaces whatever was there.
    private void Apply(ShardChange change)
    {
        _commit = change.Commit;
        if (_contributions.TryGetValue(change.Customer, out var old))
        {
            Add(old.Cell, default(SegmentSums) - old.Sums);
        }

        _contributions[change.Customer] = change.Contribution;
        Add(change.Contribution.Cell, change.Contribution.Sums);
        if (IsLate(change.Contribution, _renewed))
        {
            _renewed = default;
        }
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

    private async Task<bool> RenewPageAsync()
    {
        var (store, champion, due) = (stores.Find(Store), champions.Find(Store), Due);
        await FollowMarketAsync();
        if (_renewed == due && _ofOldMarket == 0)
        {
            return true;
        }

        // Renewed heads go to the end of the order of commits: those of the old market are at its beginning.
        var (before, limit) = _ofOldMarket > 0 ? (due.Day.AddDays(1), Math.Min(Page, _ofOldMarket)) : (due.Day, Page);
        var late = await heads.StaleAsync(Store, Shard, before, champion.Generation, limit).ToListAsync();
        await heads.UpdateAsync([.. late.Select(head => head with
        {
            Contribution = Contribution.Of(
                head.Sequence, champion.Generation, head.Summary,
                champion.Model.Estimate(head.Summary, _market, store, due.Day, store.Horizon), store.MarginBasisPoints),
        })]);
        await FollowAsync();
        _ofOldMarket = late.Count < limit ? 0 : Math.Max(0, _ofOldMarket - late.Count);
        _renewed = _contributions.Values.Any(c => IsLate(c, due)) ? _renewed : due;
        return _renewed == due && _ofOldMarket == 0;
    }

    // Heads do not say which calendar they were estimated with: after a change, and when it begins, a shard renews all that it has.
    private async Task FollowMarketAsync()
    {
        var market = await markets.OfAsync(Store);
        if (!ReferenceEquals(market, _market) && market.ToVersion() != _market.ToVersion())
        {
            _ofOldMarket = _contributions.Count;
        }

        _market = market;
    }

    [LoggerMessage(LogLevel.Warning, "Estimates of shard {Shard} were not renewed; its sums state their age.")]
    private partial void LogNotRenewed(Exception error, int shard);
}
