using System.Data.Common;
using ClvOrleans.Contracts;
using ClvOrleans.Contracts.Segments;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Market;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Grains.Market;
using ClvOrleans.Grains.Models;
using ClvOrleans.Grains.Privacy;
using ClvOrleans.Grains.Stores;
using ClvOrleans.Grains.Telemetry;
using ClvOrleans.Grains.Watches;
using ClvOrleans.Storage;
using ClvOrleans.Storage.CustomerRows;
using ClvOrleans.Storage.Journal;
using ClvOrleans.Storage.Privacy;
using ClvOrleans.Valuation.Rules;
using ClvOrleans.Valuation.Segments;
using ClvOrleans.Valuation.Watches;
using Microsoft.Extensions.Hosting;
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
    ICustomerRows rows, IJournal journal, IErasures erasures, IStores stores, IChampions champions, MarketCache markets, WatchCache watches,
    IOptions<ShardOptions> options, ClvTelemetry telemetry, ShardMeter meter, TimeProvider time, IHostApplicationLifetime lifetime,
    ILogger<ShardGrain> logger)
    : Grain, IShardGrain
{
    // With all shards of a store asked every ten seconds, a seventh of a processor: events and reads have the rest.
    private static readonly TimeSpan LongestSolving = TimeSpan.FromMilliseconds(20);
    private readonly ShardLedger _ledger = new();

    // Rows up to this commit rest on these terms, but for those that a model failed on.
    private readonly HashSet<CustomerId> _failed = [];
    private EstimateTerms _terms = new(default, 0, "");
    private long _refreshed;
    private bool _isFresh;

    // Late rows up to this commit do not turn; rows up to that one have a day on which they do.
    private long _turned;
    private long _solved;

    private StoreId Store => GrainKeys.ToStore(this.GetPrimaryKeyString());

    private int Shard => GrainKeys.ToShard(this.GetPrimaryKeyString());

    /// <inheritdoc />
    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        meter.Remove(Store, Shard);
        return Task.CompletedTask;
    }

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
            if (!lifetime.ApplicationStopping.IsCancellationRequested)
            {
                LogNotRefreshed(e, Shard);
            }
        }

        return Sums(_terms with { Day = stores.Find(Store).DayOf(time.GetUtcNow()), Generation = champions.Find(Store).Generation });
    }

    /// <inheritdoc />
    public async Task<bool> RefreshAsync()
    {
        await FollowAsync();
        var isDone = await RefreshPageAsync();
        if (meter.Enabled)
        {
            var (oldest, waiting) = Age(_terms);
            meter.Set(Store, Shard, new ShardFigures(oldest, waiting, _failed.Count));
        }

        return isDone;
    }

    /// <inheritdoc />
    public async Task<bool> TurnAsync()
    {
        await FollowAsync();
        var work = await PrepareAsync();
        if (_isFresh || !work.Watches.MovesWithTime)
        {
            return true;
        }

        var late = await RefreshAsync(work, _turned, turning: true);
        _turned = late.Count == 0 ? _turned : late[^1].Commit;
        await FollowAsync();
        return late.Count < options.Value.Page;
    }

    /// <inheritdoc />
    public async Task<bool> SolveAsync()
    {
        var work = await PrepareAsync();
        if (!work.Watches.MovesWithTime)
        {
            return true;
        }

        var (began, turns) = (time.GetTimestamp(), new List<CustomerTurn>());
        var unsolved = await rows.UnsolvedAsync(Store, Shard, _solved, options.Value.Page).ToListAsync();
        var solved = _solved;
        foreach (var (commit, row) in unsolved)
        {
            // What is late is written anew soon, and solved then.
            if (!row.Contribution.IsLate(_terms) && TryTurn(row, work) is { } on)
            {
                turns.Add(new CustomerTurn(row.Id, commit, on));
            }

            solved = commit;
            if (time.GetElapsedTime(began) > LongestSolving)
            {
                break;
            }
        }

        await rows.SolveAsync(turns);
        _solved = solved;
        return unsolved.Count < options.Value.Page && (unsolved.Count == 0 || unsolved[^1].Commit == solved);
    }

    // The day of the oldest estimate, and how many are late.
    private (DateOnly Oldest, long Waiting) Age(EstimateTerms due)
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

        return (oldest, waiting);
    }

    private ShardSums Sums(EstimateTerms due)
    {
        var (oldest, waiting) = Age(due);
        return new ShardSums(_ledger.ToSums(), oldest, waiting, _failed.Count)
        {
            OwnSegments = _ledger.ToOwnSegments(),
            Rfm = _ledger.ToRfm(),
            Clusters = _ledger.ToClusters(),
            Definitions = WatchVersion.Parse(_terms.Definitions).Segments,
        };
    }

    private async Task FollowAsync()
    {
        var erased = new ErasedChanges(erasures, () => _ledger.Customers);
        await foreach (var written in rows.ChangesAsync(Store, Shard, _ledger.Commit))
        {
            var change = await erased.ResolveAsync(written);
            _ledger.Apply(change);
            _failed.Remove(change.Customer);
            _isFresh &= !change.Contribution.IsLate(_terms);
        }

        meter.Follow(Store, Shard);
    }

    private async Task<bool> RefreshPageAsync()
    {
        var work = await PrepareAsync();
        if (_isFresh)
        {
            return true;
        }

        var late = await RefreshAsync(work, _refreshed, turning: false);
        _refreshed = late.Count == 0 ? _refreshed : late[^1].Commit;
        _isFresh = late.Count < options.Value.Page;
        await FollowAsync();
        return _isFresh;
    }

    private async Task<ShardWork> PrepareAsync()
    {
        var work = new ShardWork(stores.Find(Store), champions.Find(Store), await markets.OfAsync(Store), await watches.OfAsync(Store));
        var due = new EstimateTerms(
            work.Store.DayOf(time.GetUtcNow()), work.Champion.Generation, work.Market.ToVersion(), work.Watches.Definitions);
        if (due != _terms)
        {
            (_terms, _refreshed, _turned, _isFresh) = (due, 0, 0, false);
            _failed.Clear();
        }

        return work;
    }

    private async Task<List<(long Commit, CustomerRow Row)>> RefreshAsync(ShardWork work, long after, bool turning)
    {
        var late = await rows.LateAsync(Store, Shard, _terms, after, options.Value.Page, turning).ToListAsync();
        var fresh = new List<CustomerRow>(late.Count);
        foreach (var (_, row) in late)
        {
            if (await TryRefreshAsync(row, work) is { } refreshed)
            {
                fresh.Add(refreshed);
            }
        }

        await rows.UpdateAsync(fresh);
        return late;
    }

    // One customer that a model fails on holds up no other: it is left as it is until something else is due, or it moves.
    private async Task<CustomerRow?> TryRefreshAsync(CustomerRow row, ShardWork work)
    {
        var (store, champion, market, list) = work;
        try
        {
            var summary = row.Contribution.MarginBasisPoints == store.MarginBasisPoints ? row.Summary : await SumUpAsync(row.Id, store);
            var began = telemetry.BeginEstimate();
            var estimate = champion.Model.Estimate(summary, market, store, summary.DayToEstimate(_terms.Day), store.Horizon);
            telemetry.EndEstimate(began, champion.Model.Version.Family);
            var isStill = WatchedRows.IsSameBut(row.Contribution, _terms, store.MarginBasisPoints) && row.TurnsOn > _terms.Day;
            var refreshed = row with
            {
                Summary = summary,
                Contribution = Contribution.Of(
                    row.Sequence, champion.Generation, summary, estimate, store.MarginBasisPoints, market,
                    champion.Model.Version.Segmentation),
                TurnsOn = isStill ? row.TurnsOn : null,
            };
            var cause = WatchedRows.CauseOf(row.Contribution, _terms, store.MarginBasisPoints);
            return WatchedRows.Look(refreshed, list, store, champion.Model.Version.Id, time.GetUtcNow(), cause);
        }
        catch (Exception e) when (e is not (DbException or StorageUnavailableException))
        {
            _failed.Add(row.Id);
            LogNotEstimated(e, champion.Model.Version.Id, row.Id);
            return null;
        }
    }

    private DateOnly? TryTurn(CustomerRow row, ShardWork work)
    {
        try
        {
            return WatchTurns.Next(
                work.Watches, row.Watches, row.Contribution.EstimatedOn, work.Champion.Model.FallsInSilence,
                day => FactsOn(day, row, work));
        }
        catch (Exception e)
        {
            // Its row turns with all others.
            LogNotSolved(e, work.Champion.Model.Version.Id, row.Id);
            return null;
        }
    }

    private static CustomerFacts FactsOn(DateOnly day, CustomerRow row, ShardWork work)
    {
        var (store, champion, market, _) = work;
        var estimate = champion.Model.Estimate(row.Summary, market, store, day, store.Horizon);
        var contribution = Contribution.Of(
            row.Sequence, champion.Generation, row.Summary, estimate, store.MarginBasisPoints, market,
            champion.Model.Version.Segmentation);
        return new CustomerFacts(row.Id, row.Summary, contribution, day, store);
    }

    // A summary holds the margin of its days, which another margin of the store changes: only the events can tell it.
    private async Task<CustomerSummary> SumUpAsync(CustomerId customer, StoreSettings store) => CustomerSummary.Of(
        CustomerState.Fold((await journal.ReadAsync(customer, 0)).Select(e => e.Event), store), store);

    [LoggerMessage(4001, LogLevel.Warning, "Estimates of shard {Shard} were not refreshed; its sums state their age.")]
    private partial void LogNotRefreshed(Exception error, int shard);

    [LoggerMessage(4006, LogLevel.Warning, "On which day a watch of customer {Customer} turns could not be solved with model {Model}.")]
    private partial void LogNotSolved(Exception error, string model, CustomerId customer);

    [LoggerMessage(
        4002, LogLevel.Error, "Model {Model} failed on customer {Customer}, whose estimate stays as it was; reports count it as failed.")]
    private partial void LogNotEstimated(Exception error, string model, CustomerId customer);
}
