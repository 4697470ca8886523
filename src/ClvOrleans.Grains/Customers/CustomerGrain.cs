using System.Collections.Immutable;
using ClvOrleans.Contracts;
using ClvOrleans.Contracts.Customers;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Events;
using ClvOrleans.Domain.Market;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Grains.Market;
using ClvOrleans.Grains.Models;
using ClvOrleans.Grains.Policies;
using ClvOrleans.Grains.Privacy;
using ClvOrleans.Grains.Stores;
using ClvOrleans.Grains.Telemetry;
using ClvOrleans.Grains.Watches;
using ClvOrleans.Recommendations.Baskets;
using ClvOrleans.Storage;
using ClvOrleans.Storage.CustomerRows;
using ClvOrleans.Storage.Journal;
using ClvOrleans.Storage.Privacy;
using ClvOrleans.Valuation.Models;
using ClvOrleans.Valuation.Rules;
using ClvOrleans.Valuation.Segments;
using ClvOrleans.Valuation.Watches;

namespace ClvOrleans.Grains.Customers;

/// <inheritdoc cref="ICustomerGrain" />
/// <remarks>
/// It holds a fold only while everything in it is in the journal: a commit takes the fold away and gives it back once it is durable.
/// Whatever ends a commit before that, the next call reads the journal.
/// </remarks>
[GrainType("customer")]
public sealed class CustomerGrain(
    SnapshotStorage storage, IJournal journal, IStores stores, IChampions champions, MarketCache markets, WatchCache watches,
    PolicyCache policies, DecisionNudges nudges, HandOverRule handOvers, IErasures erasures, IErasureNotices notices,
    ClvTelemetry telemetry, TimeProvider time)
    : Grain, ICustomerGrain
{
    private readonly RecurrentTrace _trace = new();
    private readonly WatchMemory _watched = new();
    private SnapshotCache _snapshots = null!;
    private CustomerFold? _fold;
    private CustomerId? _movedTo;
    private Release? _release;
    private int _releases;
    private LatePurchases _late = null!;

    private CustomerId Id => GrainKeys.ToCustomer(this.GetPrimaryKeyString());

    private StoreSettings Store => stores.Find(Id.Store);

    /// <inheritdoc />
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _snapshots = new SnapshotCache(storage, this.GetGrainId(), Id, Store);
        _late = new LatePurchases(journal, Id, time.GetUtcNow());
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) =>
        _fold is { } fold ? _snapshots.SaveAsync(fold) : Task.CompletedTask;

    /// <inheritdoc />
    public async Task<RecordReply> RecordAsync(RecordEvents command)
    {
        if (!await IsSettledAsync())
        {
            return new RecordReply(CommitStatus.Fenced, []);
        }

        if (await OpenAsync() is not { } fold)
        {
            return new RecordReply(CommitStatus.Moved, [], _movedTo);
        }

        var events = command.Events;
        var known = await FindKnownAsync(fold, events);
        var fresh = events.Where((_, i) => !known[i]).ToImmutableArray();

        // An order that is known from another message counts once: its event is kept, since the earliest completion wins, but the
        // reply calls it a duplicate. A statement of an export says something new of the order.
        var repeated = known.Zip(events, (isKnown, e) => isKnown || (e.Statement is null && fold.HasPlaced(e))).ToImmutableArray();
        if (fresh.Length == 0)
        {
            return new RecordReply(CommitStatus.Done, repeated);
        }

        try
        {
            return new RecordReply(await CommitAsync(fold, fresh, null), repeated);
        }
        catch (OrdersTakenException e)
        {
            return new RecordReply(CommitStatus.OrdersTaken, [], null, e.Owners);
        }
        catch (CustomerErasedException)
        {
            return new RecordReply(CommitStatus.Erased, []);
        }
    }

    /// <inheritdoc />
    public async Task<Released> ReleaseAsync()
    {
        if (!await IsSettledAsync() || await OpenAsync() is not { } fold)
        {
            return new Released([], 0, HasMoved: true);
        }

        var entries = await journal.ReadAsync(Id, 0);
        _release = new Release();
        return new Released([.. entries.Select(e => e.Event)], fold.Sequence);
    }

    /// <inheritdoc />
    public async Task<CommitStatus> MergeAsync(CustomerId from, Released released, int mostIdentities)
    {
        if (!await IsSettledAsync())
        {
            return CommitStatus.Fenced;
        }

        if (await OpenAsync() is not { } fold)
        {
            return CommitStatus.Moved;
        }

        // What either has sent of an order that the other one owns is an event of both from now on.
        var contested = await journal.ContestedAsync(from, Id);
        ImmutableArray<CustomerEvent> events = [.. released.Events, .. contested.Select(c => c.Event)];
        var known = await FindKnownAsync(fold, events);
        try
        {
            return await CommitAsync(
                fold, [.. events.Where((_, i) => !known[i])], new IdentityMerge(from, released.Sequence, mostIdentities), [.. contested]);
        }
        catch (CustomerErasedException)
        {
            return CommitStatus.Erased;
        }
    }

    /// <inheritdoc />
    /// <remarks>The snapshots go first: without the rows of the customer nobody would know whose they are.</remarks>
    public async Task<EraseReply> EraseAsync(EraseCustomer command)
    {
        if (!await IsSettledAsync())
        {
            return Ended(CommitStatus.Fenced, null);
        }

        if ((await journal.FindTipAsync(Id)).MovedTo is { } movedTo)
        {
            return Ended(CommitStatus.Moved, movedTo);
        }

        Leave();
        foreach (var identity in (await journal.FindIdentitiesAsync(Id)).Append(Id))
        {
            await storage.EraseAsync(GrainFactory.GetCustomer(identity).GetGrainId());
        }

        try
        {
            var person = await erasures.EraseAsync(Id, command.Suppress, command.At, await notices.OfAsync(Id));
            return new EraseReply(CommitStatus.Done, null, person.Identities, person.Names, person.Events);
        }
        catch (SequenceConflictException)
        {
            return Ended(CommitStatus.Fenced, null);
        }

        static EraseReply Ended(CommitStatus status, CustomerId? movedTo) => new(status, movedTo, [], [], 0);
    }

    /// <inheritdoc />
    public Task CompleteAsync()
    {
        if (_release is { } release)
        {
            // Whether the customer was merged is in the journal.
            (_fold, _release) = (null, null);
            _releases++;
            release.End();
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public async Task<CustomerView> ViewAsync(DateOnly? asOf)
    {
        var fold = await OpenAsync() ?? new CustomerFold(Store, storage.Options);
        var state = fold.State;
        if (asOf is { } day)
        {
            var entries = await journal.ReadAsync(Id, 0);
            state = CustomerTimeline.Of(Id, entries.Select(e => e.Event), Store).StateAt(day);
        }

        var traits = state.Traits.ToImmutableSortedDictionary(t => t.Key, t => t.Value.Value, StringComparer.Ordinal);
        return new CustomerView(fold.Sequence, CustomerSummary.Of(state, Store), traits, state.FirstCampaign?.Value, _movedTo);
    }

    /// <inheritdoc />
    public async Task<BasketsView> BasketsAsync() => await OpenAsync() is { } fold
        ? new BasketsView(fold.Sequence, BasketFormat.Write(fold.Baskets.History), RecentFormat.Write(fold.Baskets.Recent))
        : new BasketsView(0, [], [], _movedTo);

    /// <inheritdoc />
    public async Task<HandOverReply> HandOverAsync(HandOver asked)
    {
        if (!await IsSettledAsync())
        {
            return new HandOverReply(HandOverStatus.Busy);
        }

        if (await OpenAsync() is not { } fold)
        {
            return new HandOverReply(HandOverStatus.Moved, MovedTo: _movedTo);
        }

        var hasBought = await _late.HasBoughtSinceAsync(asked, fold);
        var market = await markets.OfAsync(Id.Store);
        _late.HandedOver(time.GetUtcNow());
        return handOvers.Judge(asked, fold.State, () => FactsOf(fold, market), Store, hasBought);
    }

    private CustomerFacts FactsOf(CustomerFold fold, MarketCalendar market)
    {
        var row = RowOf(fold, market, WatchList.None, []);
        return new CustomerFacts(Id, row.Summary, row.Contribution, Store.DayOf(time.GetUtcNow()), Store);
    }

    // A release that is never completed ends this activation; the next one reads the journal.
    private async Task<bool> IsSettledAsync()
    {
        if (_release is null || await _release.HasEndedAsync())
        {
            return true;
        }

        Leave();
        return false;
    }

    private void Leave()
    {
        _fold = null;
        DeactivateOnIdle();
    }

    // Null where the customer has become another: the journal is asked each time then, since that one may have become another in turn.
    private async ValueTask<CustomerFold?> OpenAsync()
    {
        while (_fold is null)
        {
            var releases = _releases;
            var tip = await journal.FindTipAsync(Id);
            var fold = tip.MovedTo is null ? await _snapshots.FoldAsync(journal, tip.Sequence) : null;
            if (releases == _releases)
            {
                (_movedTo, _fold) = (tip.MovedTo, fold);
                return fold;
            }
        }

        return _fold;
    }

    private async Task<ImmutableArray<bool>> FindKnownAsync(CustomerFold fold, ImmutableArray<CustomerEvent> events)
    {
        var unsure = events.Select(e => e.Key).Where(fold.MayHaveForgotten).Distinct().ToArray();
        var journaled = unsure.Length == 0 ? new HashSet<EventKey>() : await journal.KnownAsync(Id, unsure);
        var seen = new HashSet<EventKey>();
        return [.. events.Select(e => fold.Remembers(e.Key) || journaled.Contains(e.Key) || !seen.Add(e.Key))];
    }

    private async Task<CommitStatus> CommitAsync(
        CustomerFold fold, ImmutableArray<CustomerEvent> events, IdentityMerge? merged,
        ImmutableArray<ContestedCompletion> settled = default)
    {
        var claims = events.Where(e => e.Kind == EventKind.OrderCompleted && !fold.HasPlaced(e)).Select(e => e.OrderId!).Distinct()
            .ToImmutableArray();
        if (merged is null && claims.Length > 0)
        {
            // The transaction decides; but a fold that is given up has to be read again.
            var taken = (await journal.FindOwnersAsync(Id.Store, claims)).Where(o => o.Value != Id).ToImmutableDictionary();
            if (!taken.IsEmpty)
            {
                throw new OrdersTakenException(taken);
            }
        }

        var held = claims.Length == 0 ? [] : await journal.HeldAsync(Id.Store, claims);
        var waiting = held.Select(h => h.Event).ToImmutableArray();
        var known = await FindKnownAsync(fold, waiting);
        events = [.. events, .. waiting.Where((_, i) => !known[i])];
        var (market, watched) = (await markets.OfAsync(Id.Store), await watches.OfAsync(Id.Store));
        var (expected, noticed) = (fold.Sequence, ImmutableArray<Transition>.Empty);
        _fold = null;
        try
        {
            foreach (var e in events)
            {
                fold.Add(e);
            }

            noticed = await journal.AppendAsync(new CustomerCommit
            {
                Row = RowOf(fold, market, watched, merged is null ? events : []),
                ExpectedSequence = expected,
                Events = events,
                ClaimedOrders = claims,
                MayWait = merged is null && events.All(e => e.Kind is EventKind.MessageSent or EventKind.MessageBounced),
                BoughtAt = _late.FindFirst(fold, events, claims, watched.Version.Policies > 0),
                Delivered = [.. held],
                Merged = merged,
                Settled = settled.IsDefault ? [] : settled,
            });
        }
        catch (SequenceConflictException)
        {
            Leave();
            return CommitStatus.Fenced;
        }
        catch (JournalFullException)
        {
            return CommitStatus.Full;
        }
        catch (IdentityLimitException)
        {
            return CommitStatus.TooManyIdentities;
        }

        _fold = fold;
        if (!noticed.IsEmpty && watched.Version.Policies > 0 && (await policies.OfAsync(Store)).Follow(noticed))
        {
            nudges.Nudge(Id.Store, Id.ShardIn(Store.Shards));
        }

        await _snapshots.SaveAsync(fold);
        return CommitStatus.Done;
    }

    private CustomerRow RowOf(CustomerFold fold, MarketCalendar market, WatchList watched, ImmutableArray<CustomerEvent> events)
    {
        var (champion, now) = (champions.Find(Id.Store), time.GetUtcNow());
        var summary = CustomerSummary.Of(fold.State, Store);
        var began = telemetry.BeginEstimate();
        var estimate = champion.Model.Follow(summary, market, Store, summary.DayToEstimate(Store.DayOf(now)), Store.Horizon, _trace);
        telemetry.EndEstimate(began, champion.Model.Version.Family);
        var row = new CustomerRow
        {
            Id = Id,
            Sequence = fold.Sequence,
            Summary = summary,
            Contribution = Contribution.Of(
                fold.Sequence, champion.Generation, summary, estimate, Store.MarginBasisPoints, market,
                champion.Model.Version.Segmentation),
        };
        var cause = events.IsEmpty ? WatchCause.Merge : WatchCause.Of(events[^1].Key);
        return WatchedRows.Look(row, watched, Store, champion.Model.Version.Id, now, cause, events, _watched);
    }
}
