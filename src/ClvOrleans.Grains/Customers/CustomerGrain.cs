using System.Collections.Immutable;
using ClvOrleans.Contracts;
using ClvOrleans.Grains.Estimates;
using ClvOrleans.Grains.Market;
using ClvOrleans.Model.Customers;
using ClvOrleans.Model.Events;
using ClvOrleans.Model.Journal;
using ClvOrleans.Model.Segments;
using ClvOrleans.Model.Stores;

namespace ClvOrleans.Grains.Customers;

/// <inheritdoc cref="ICustomerGrain" />
public sealed class CustomerGrain(
    [PersistentState("customer")] IPersistentState<CustomerSnapshot> snapshot,
    IJournal journal, IStores stores, IChampions champions, MarketCache markets, TimeProvider time) : Grain, ICustomerGrain
{
    /// <summary>How many identities may become one customer.</summary>
    public const int IdentityLimit = 100;

    private const int SnapshotEvery = 64;
    private EventWindow _window = new();
    private CustomerState _state = new();
    private long _sequence;
    private CustomerId? _movedTo;
    private CustomerId? _surrenderedTo;

    private CustomerId Id => GrainKeys.ToCustomer(this.GetPrimaryKeyString());

    private StoreSettings Store => stores.Find(Id.Store);

    // A fold of other code or another calendar must not be continued.
    private string Fold => $"{CustomerState.FoldVersion}:{Store.TimeZone.Id}";

    /// <inheritdoc />
    public override Task OnActivateAsync(CancellationToken cancellationToken) => LoadAsync();

    /// <inheritdoc />
    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        if (_movedTo is null && _sequence - snapshot.State.Sequence >= SnapshotEvery)
        {
            await SaveSnapshotAsync();
        }
    }

    /// <inheritdoc />
    public async Task<RecordReply> RecordAsync(RecordEvents command)
    {
        if ((_movedTo ?? _surrenderedTo) is { } moved)
        {
            return new RecordReply([], moved);
        }

        var events = command.Events;
        var known = await FindKnownAsync(events);
        var fresh = events.Where((_, i) => !known[i]).ToImmutableArray();
        if (fresh.Length > 0)
        {
            // An order that is known from another message counts once: its event is kept, since the earliest completion wins,
            // but its sender is told that it was a duplicate.
            known = [.. known.Select((k, i) => k || IsKnownOrder(events[i]))];
            await CommitAsync(fresh, command.Claims, null);
        }

        return new RecordReply(known, null);
    }

    /// <inheritdoc />
    public async Task<Surrendered> SurrenderAsync(CustomerId target)
    {
        if (_movedTo is { } moved)
        {
            return new Surrendered([], 0, moved);
        }

        if (_surrenderedTo is { } other && other != target)
        {
            return new Surrendered([], 0, other);
        }

        _surrenderedTo = target;
        var entries = await journal.ReadAsync(Id, 0);
        return new Surrendered([.. entries.Select(e => e.Event)], _sequence, null);
    }

    /// <inheritdoc />
    public async Task<bool> AbsorbAsync(CustomerId from, Surrendered surrendered)
    {
        if ((await journal.FindIdentitiesAsync(Id)).Count >= IdentityLimit)
        {
            return false;
        }

        var known = await FindKnownAsync(surrendered.Events);
        var fresh = surrendered.Events.Where((_, i) => !known[i]).ToImmutableArray();
        await CommitAsync(fresh, [], new Absorption(from, surrendered.Sequence));
        return true;
    }

    /// <inheritdoc />
    public async Task KeepAsync()
    {
        _surrenderedTo = null;
        await LoadAsync();
    }

    /// <inheritdoc />
    public async Task<CustomerView> LookAsync(DateOnly? asOf)
    {
        var state = _state;
        if (asOf is { } day)
        {
            var entries = await journal.ReadAsync(Id, 0);
            state = CustomerState.Fold(entries.Select(e => e.Event).Where(e => Store.DayOf(e.At) <= day), Store);
        }

        var traits = state.Traits.ToImmutableSortedDictionary(t => t.Key, t => t.Value.Value, StringComparer.Ordinal);
        return new CustomerView(_sequence, CustomerSummary.Of(state, Store), traits, state.FirstCampaign?.Value, _movedTo ?? _surrenderedTo);
    }

    private async Task LoadAsync()
    {
        _movedTo = await journal.FindLinkAsync(Id);
        _window = new EventWindow();
        if (snapshot.State.Fold == Fold && _movedTo is null)
        {
            _state = CustomerState.FromBytes(snapshot.State.State);
            _sequence = snapshot.State.Sequence;
            _window.ForgetOlder();
        }
        else
        {
            _state = new CustomerState();
            _sequence = 0;
        }

        foreach (var entry in await journal.ReadAsync(Id, _sequence))
        {
            _state.Apply(entry.Event, Store);
            _sequence = entry.Sequence;
            _window.Add(entry.Event.Key);
        }
    }

    private async Task<ImmutableArray<bool>> FindKnownAsync(ImmutableArray<CustomerEvent> events)
    {
        var unsure = _window.IsComplete ? [] : events.Select(e => e.Key).Where(k => !_window.Contains(k)).ToArray();
        var journaled = unsure.Length == 0 ? new HashSet<EventKey>() : await journal.KnownAsync(Id, unsure);
        var seen = new HashSet<EventKey>();
        return [.. events.Select(e => _window.Contains(e.Key) || journaled.Contains(e.Key) || !seen.Add(e.Key))];
    }

    private bool IsKnownOrder(CustomerEvent e) =>
        e.Kind == EventKind.OrderCompleted && e.Order is { } order
        && _state.Orders.TryGetValue(order.OrderId, out var known) && known.Completed is not null;

    private async Task CommitAsync(ImmutableArray<CustomerEvent> events, ImmutableArray<string> claims, Absorption? absorbed)
    {
        var market = await markets.OfAsync(Id.Store);
        var expected = _sequence;
        foreach (var e in events)
        {
            _state.Apply(e, Store);
        }

        var champion = champions.Find(Id.Store);
        var summary = CustomerSummary.Of(_state, Store);
        var estimate = champion.Model.Estimate(summary, market, Store, Store.DayOf(time.GetUtcNow()), Store.Horizon);
        var sequence = expected + events.Length;
        var head = new CustomerHead
        {
            Id = Id,
            Sequence = sequence,
            Summary = summary,
            Contribution = Contribution.Of(sequence, champion.Generation, summary, estimate, Store.MarginBasisPoints),
        };
        try
        {
            await journal.AppendAsync(new CustomerCommit
            {
                Head = head,
                ExpectedSequence = expected,
                Events = events,
                ClaimedOrders = claims,
                Absorbed = absorbed,
            });
        }
        catch
        {
            // The state has folded what the journal may not hold: the journal decides.
            await LoadAsync();
            throw;
        }

        _sequence = sequence;
        foreach (var e in events)
        {
            _window.Add(e.Key);
        }
    }

    private async Task SaveSnapshotAsync()
    {
        snapshot.State = new CustomerSnapshot { Fold = Fold, Sequence = _sequence, State = _state.ToBytes() };
        await snapshot.WriteStateAsync();
    }
}
