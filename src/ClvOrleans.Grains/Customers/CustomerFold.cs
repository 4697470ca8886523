using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Events;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Recommendations.Baskets;

namespace ClvOrleans.Grains.Customers;

/// <summary>A customer's journal as folded so far: the state, the last sequence, and which events it remembers.</summary>
internal sealed class CustomerFold(StoreSettings store, CustomerOptions options)
{
    private readonly EventWindow _window = new(options);

    private CustomerFold(CustomerSnapshot snapshot, StoreSettings store, CustomerOptions options)
        : this(store, options)
    {
        State = CustomerState.FromBytes(snapshot.State);
        Baskets = new CustomerBaskets(BasketFormat.Read(snapshot.Baskets), RecentFormat.Read(snapshot.Recent));
        (Sequence, Last) = (snapshot.Sequence, snapshot.Last);
        _window = EventWindow.Continue(snapshot.Fingerprints, options);
    }

    /// <summary>The state after <see cref="Sequence"/> events.</summary>
    public CustomerState State { get; } = new();

    /// <summary>What was bought and looked at, for recommendations.</summary>
    public CustomerBaskets Baskets { get; } = new();

    /// <summary>Number of the last event.</summary>
    public long Sequence { get; private set; }

    /// <summary>The last event; of no meaning before the first.</summary>
    public EventKey Last { get; private set; }

    /// <summary>Goes on from a snapshot.</summary>
    public static CustomerFold Continue(CustomerSnapshot snapshot, StoreSettings store, CustomerOptions options) =>
        new(snapshot, store, options);

    /// <summary>Folds the next event.</summary>
    public void Add(CustomerEvent e)
    {
        if (options.FollowsBaskets)
        {
            Baskets.Apply(e, State, store);
        }
        else
        {
            State.Apply(e, store);
        }

        _window.Add(e.Key);
        Last = e.Key;
        Sequence++;
    }

    /// <summary>Whether an event is surely known.</summary>
    public bool Remembers(EventKey key) => _window.Contains(key);

    /// <summary>Whether only the journal can tell if an event is known.</summary>
    public bool MayHaveForgotten(EventKey key) => !_window.Contains(key) && _window.MayContain(key);

    /// <summary>Whether an event completes an order that the customer has placed already.</summary>
    public bool HasPlaced(CustomerEvent e) =>
        e.Kind == EventKind.OrderCompleted && e.OrderId is { } id && State.Orders.TryGetValue(id, out var order)
            && order.Completed is not null;

    /// <summary>The fold as a snapshot.</summary>
    public CustomerSnapshot ToSnapshot(string fold) => new()
    {
        Fold = fold,
        Sequence = Sequence,
        State = State.ToBytes(),
        Source = Last.Source,
        MessageId = Last.MessageId,
        Fingerprints = _window.Fingerprints,
        Baskets = BasketFormat.Write(Baskets.History),
        Recent = RecentFormat.Write(Baskets.Recent),
    };
}
