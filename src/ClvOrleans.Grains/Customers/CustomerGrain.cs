using System.Collections.Immutable;
using ClvOrleans.Contracts;
using ClvOrleans.Grains.Estimates;
using ClvOrleans.Grains.Market;
using ClvOrleans.Model.Customers;
using ClvOrleans.Model.Events;
using ClvOrleans.Model.Journal;
using ClvOrleans.Model.Learned;
using ClvOrleans.Model.Market;
using ClvOrleans.Model.Segments;
using ClvOrleans.Model.Stores;
using Microsoft.Extensions.Logging;

namespace ClvOrleans.Grains.Customers;

/// <inheritdoc cref="ICustomerGrain" />
public sealed class CustomerGrain(
    [PersistentState("customer")] IPersistentState<CustomerSnapshot> snapshot,
    IJournal journal, IStores stores, IChampions champions, MarketCache markets, TimeProvider time, ILogger<CustomerGrain> log)
    : Grain, ICustomerGrain
{
    private readonly RecurrentTrace _trace = new();
    private SnapshotCache _snapshots = null!;
    private CustomerFold _fold = null!;
    private CustomerId? _movedTo;
    private Surrender? _surrender;

    private CustomerId Id => GrainKeys.ToCustomer(this.GetPrimaryKeyString());

    private StoreSettings Store => stores.Find(Id.Store);

    /// <inheritdoc />
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _snapshots = new SnapshotCache(snapshot, Store, log);
        return LoadAsync();
    }

    /// <inheritdoc />
    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) =>
        _fold is null || _movedTo is not null ? Task.CompletedTask : _snapshots.KeepAsync(_fold);

    /// <inheritdoc />
    public async Task<RecordReply> RecordAsync(ImmutableArray<CustomerEvent> events)
    {
        if (!await IsSettledAsync())
        {
            return new RecordReply(CommitStatus.Fenced, []);
        }

        if (_movedTo is { } moved)
        {
            return new RecordReply(CommitStatus.Moved, [], moved);
        }

        var known = await FindKnownAsync(events);
        var fresh = events.Where((_, i) => !known[i]).ToImmutableArray();

        // An order that is known from another message counts once: its event is kept, since the earliest completion wins, but its sender
        // is told that it was a duplicate.
        var repeated = known.Zip(events, (isKnown, e) => isKnown || _fold.HasPlaced(e)).ToImmutableArray();
        try
        {
            var status = fresh.Length == 0 ? CommitStatus.Done : await CommitAsync(fresh, null);
            return new RecordReply(status, repeated);
        }
        catch (OrdersTakenException e)
        {
            return new RecordReply(CommitStatus.OrdersTaken, [], null, e.Owners);
        }
    }

    /// <inheritdoc />
    public async Task<Surrendered> SurrenderAsync()
    {
        if (!await IsSettledAsync() || _movedTo is not null)
        {
            return new Surrendered([], 0, HasMoved: true);
        }

        _surrender = new Surrender();
        var entries = await journal.ReadAsync(Id, 0);
        return new Surrendered([.. entries.Select(e => e.Event)], _fold.Sequence);
    }

    /// <inheritdoc />
    public async Task<CommitStatus> AbsorbAsync(CustomerId from, Surrendered surrendered)
    {
        if (!await IsSettledAsync())
        {
            return CommitStatus.Fenced;
        }

        if (_movedTo is not null)
        {
            return CommitStatus.Moved;
        }

        var known = await FindKnownAsync(surrendered.Events);
        var fresh = surrendered.Events.Where((_, i) => !known[i]).ToImmutableArray();
        return await CommitAsync(fresh, new Absorption(from, surrendered.Sequence));
    }

    /// <inheritdoc />
    public async Task KeepAsync()
    {
        if (_surrender is { } surrender)
        {
            await LoadAsync();
            _surrender = null;
            surrender.End();
        }
    }

    /// <inheritdoc />
    public Task<CustomerId?> FindSuccessorAsync() => Task.FromResult(_movedTo);

    /// <inheritdoc />
    public async Task<CustomerView> LookAsync(DateOnly? asOf)
    {
        var state = _fold.State;
        if (asOf is { } day)
        {
            var entries = await journal.ReadAsync(Id, 0);
            state = CustomerState.Fold(entries.Select(e => e.Event).Where(e => Store.DayOf(e.At) <= day), Store);
        }

        var traits = state.Traits.ToImmutableSortedDictionary(t => t.Key, t => t.Value.Value, StringComparer.Ordinal);
        return new CustomerView(_fold.Sequence, CustomerSummary.Of(state, Store), traits, state.FirstCampaign?.Value, _movedTo);
    }

    // A surrender that does not end ends this activation: the next one asks the journal.
    private async Task<bool> IsSettledAsync()
    {
        if (_surrender is null || await _surrender.HasEndedAsync())
        {
            return true;
        }

        DeactivateOnIdle();
        return false;
    }

    private async Task LoadAsync()
    {
        var tip = await journal.FindTipAsync(Id);
        _movedTo = tip.MovedTo;
        if (tip.MovedTo is not null)
        {
            _fold = new CustomerFold(Store);
            return;
        }

        _fold = await _snapshots.OpenAsync(tip.Sequence);
        foreach (var entry in await journal.ReadAsync(Id, _fold.Sequence))
        {
            _fold.Add(entry.Event);
        }
    }

    private async Task<ImmutableArray<bool>> FindKnownAsync(ImmutableArray<CustomerEvent> events)
    {
        var unsure = events.Select(e => e.Key).Where(_fold.MayHaveForgotten).ToArray();
        var journaled = unsure.Length == 0 ? new HashSet<EventKey>() : await journal.KnownAsync(Id, unsure);
        var seen = new HashSet<EventKey>();
        return [.. events.Select(e => _fold.Remembers(e.Key) || journaled.Contains(e.Key) || !seen.Add(e.Key))];
    }

    private async Task<CommitStatus> CommitAsync(ImmutableArray<CustomerEvent> events, Absorption? absorbed)
    {
        var claims = events.Where(e => e.Kind == EventKind.OrderCompleted && !_fold.HasPlaced(e)).Select(e => e.OrderId!).Distinct().ToImmutableArray();
        var held = claims.Length == 0 ? [] : await journal.HeldAsync(Id.Store, claims);
        var waiting = held.Select(h => h.Event).ToImmutableArray();
        var known = await FindKnownAsync(waiting);
        events = [.. events, .. waiting.Where((_, i) => !known[i])];
        var market = await markets.OfAsync(Id.Store);
        var expected = _fold.Sequence;
        foreach (var e in events)
        {
            _fold.Add(e);
        }

        try
        {
            await journal.AppendAsync(new CustomerCommit
            {
                Head = HeadOf(market),
                ExpectedSequence = expected,
                Events = events,
                ClaimedOrders = claims,
                Delivered = [.. held],
                Absorbed = absorbed,
            });
        }
        catch (Exception e)
        {
            return await GiveUpAsync(e);
        }

        if (!await _snapshots.KeepAsync(_fold))
        {
            DeactivateOnIdle();
        }

        return CommitStatus.Done;
    }

    private CustomerHead HeadOf(MarketCalendar market)
    {
        var champion = champions.Find(Id.Store);
        var summary = CustomerSummary.Of(_fold.State, Store);
        var estimate = champion.Model.Follow(summary, market, Store, summary.DayToEstimate(Store.DayOf(time.GetUtcNow())), Store.Horizon, _trace);
        return new CustomerHead
        {
            Id = Id,
            Sequence = _fold.Sequence,
            Summary = summary,
            Contribution = Contribution.Of(_fold.Sequence, champion.Generation, summary, estimate, Store.MarginBasisPoints, market),
        };
    }

    // The fold has taken in what the journal may not hold: the journal decides.
    private async Task<CommitStatus> GiveUpAsync(Exception failure)
    {
        if (failure is SequenceConflictException)
        {
            DeactivateOnIdle();
            return CommitStatus.Fenced;
        }

        await LoadAsync();
        return failure is JournalFullException ? CommitStatus.Full : throw failure;
    }
}
