using System.Data.Common;
using ClvOrleans.Contracts;
using ClvOrleans.Contracts.Segments;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Market;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Grains.Market;
using ClvOrleans.Grains.Models;
using ClvOrleans.Grains.Stores;
using ClvOrleans.Grains.Telemetry;
using ClvOrleans.Storage;
using ClvOrleans.Storage.CustomerRows;
using ClvOrleans.Storage.Journal;
using ClvOrleans.Valuation.Segments;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ClvOrleans.Grains.Segments;

/// <inheritdoc cref="IShardGrain" />
/// <remarks>
/// It follows the customer rows by commit number instead of being told: nothing can be lost on the way, and a new activation is the old
/// one after a longer pause. Time passes for silent customers too: each local day, and after a new champion or market calendar,
/// estimates are refreshed from their rows, page by page, without waking anyone. It stays active: to come back means to read the rows of
/// the whole shard, at the worst moment where memory is short.
/// </remarks>
[KeepAlive]
[GrainType("shard")]
public sealed partial class ShardGrain(
    ICustomerRows rows, IJournal journal, IStores stores, IChampions champions, MarketCache markets, IOptions<ShardOptions> options,
    ClvTelemetry telemetry, TimeProvider time, ILogger<ShardGrain> logger)
    : Grain, IShardGrain
{
    private readonly ShardLedger _ledger = new();

    // Rows up to this commit rest on these terms, but for those that a model failed on.
    private readonly HashSet<CustomerId> _failed = [];
    private EstimateTerms _terms = new(default, 0, "");
    private long _refreshed;
    private bool _isFresh;

    private StoreId Store => GrainKeys.ToStore(this.GetPrimaryKeyString());

    private int Shard => GrainKeys.ToShard(this.GetPrimaryKeyString());

    /// <inheritdoc />
    public async Task<ShardSums> SumAsync()
    {
        await FollowAsync();
        try
        {
            await RefreshPageAsync();
        }
        catch (Exception e)
        {
            // The sums are right for the age that they state.
            LogNotRefreshed(e, Shard);
        }

        return Sums(_terms with { Day = stores.Find(Store).DayOf(time.GetUtcNow()), Generation = champions.Find(Store).Generation });
    }

    /// <inheritdoc />
    public async Task<bool> RefreshAsync()
    {
        await FollowAsync();
        return await RefreshPageAsync();
    }

    private ShardSums Sums(EstimateTerms due)
    {
        var (oldest, waiting) = (due.Day, 0L);
        if (!_isFresh || _failed.Count > 0 || due != _terms)
        {
            foreach (var contribution in _ledger.Contributions.Where(c => c.IsLate(due)))
            {
                oldest = contribution.EstimatedOn < oldest ? contribution.EstimatedOn : oldest;
                waiting++;
            }
        }

        return new ShardSums(_ledger.ToSums(), oldest, waiting, _failed.Count);
    }

    private async Task FollowAsync()
    {
        await foreach (var change in rows.ChangesAsync(Store, Shard, _ledger.Commit))
        {
            _ledger.Apply(change);
            _failed.Remove(change.Customer);
            _isFresh &= !change.Contribution.IsLate(_terms);
        }
    }

    private async Task<bool> RefreshPageAsync()
    {
        var (store, champion, market, page) = (stores.Find(Store), champions.Find(Store), await markets.OfAsync(Store), options.Value.Page);
        var due = new EstimateTerms(store.DayOf(time.GetUtcNow()), champion.Generation, market.ToVersion());
        if (due != _terms)
        {
            (_terms, _refreshed, _isFresh) = (due, 0, false);
            _failed.Clear();
        }

        if (_isFresh)
        {
            return true;
        }

        var late = await rows.LateAsync(Store, Shard, due, _refreshed, page).ToListAsync();
        var fresh = new List<CustomerRow>(late.Count);
        foreach (var (_, row) in late)
        {
            if (await TryRefreshAsync(row, store, champion, market) is { } refreshed)
            {
                fresh.Add(refreshed);
            }
        }

        await rows.UpdateAsync(fresh);
        _refreshed = late.Count == 0 ? _refreshed : late[^1].Commit;
        _isFresh = late.Count < page;
        await FollowAsync();
        return _isFresh;
    }

    // One customer that a model fails on holds up no other: it is left as it is until something else is due, or it moves.
    private async Task<CustomerRow?> TryRefreshAsync(CustomerRow row, StoreSettings store, ChampionModel champion, MarketCalendar market)
    {
        try
        {
            var summary = row.Contribution.MarginBasisPoints == store.MarginBasisPoints ? row.Summary : await SumUpAsync(row.Id, store);
            var began = telemetry.BeginEstimate();
            var estimate = champion.Model.Estimate(summary, market, store, summary.DayToEstimate(_terms.Day), store.Horizon);
            telemetry.EndEstimate(began, champion.Model.Version.Family);
            return row with
            {
                Summary = summary,
                Contribution = Contribution.Of(row.Sequence, champion.Generation, summary, estimate, store.MarginBasisPoints, market),
            };
        }
        catch (Exception e) when (e is not (DbException or StorageUnavailableException))
        {
            _failed.Add(row.Id);
            LogNotEstimated(e, champion.Model.Version.Id, row.Id);
            return null;
        }
    }

    // A summary holds the margin of its days, which another margin of the store changes: only the events can tell it.
    private async Task<CustomerSummary> SumUpAsync(CustomerId customer, StoreSettings store) => CustomerSummary.Of(
        CustomerState.Fold((await journal.ReadAsync(customer, 0)).Select(e => e.Event), store), store);

    [LoggerMessage(4001, LogLevel.Warning, "Estimates of shard {Shard} were not refreshed; its sums state their age.")]
    private partial void LogNotRefreshed(Exception error, int shard);

    [LoggerMessage(
        4002, LogLevel.Error, "Model {Model} failed on customer {Customer}, whose estimate stays as it was; reports count it as failed.")]
    private partial void LogNotEstimated(Exception error, string model, CustomerId customer);
}
