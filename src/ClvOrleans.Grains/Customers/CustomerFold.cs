using ClvOrleans.Model.Customers;
using ClvOrleans.Model.Events;
using ClvOrleans.Model.Stores;

namespace ClvOrleans.Grains.Customers;

/// <summary>A customer's journal as folded so far: the state, the last sequence, and which events it remembers.</summary>
internal sealed class CustomerFold(StoreSettings store)
{
    private readonly EventWindow _window = new();

    /// <summary>The state after <see cref="Sequence"/> events.</summary>
    public CustomerState State { get; private init; } = new();

    /// <summary>Number of the last event.</summary>
    public long Sequence { get; private set; }

    /// <summary>Goes on from a snapshot, which remembers no events.</summary>
    public static CustomerFold Continue(CustomerSnapshot snapshot, StoreSettings store)
    {
        var fold = new CustomerFold(store) { State = CustomerState.FromBytes(snapshot.State), Sequence = snapshot.Sequence };
        fold._window.ForgetOlder();
        return fold;
    }

    /// <summary>Folds the next event.</summary>
    public void Add(CustomerEvent e)
    {
        State.Apply(e, store);
        _window.Add(e.Key);
        Sequence++;
    }

    /// <summary>Whether an event is surely known.</summary>
    public bool Remembers(EventKey key) => _window.Contains(key);

    /// <summary>Whether only the journal can tell if an event is known.</summary>
    public bool MayHaveForgotten(EventKey key) => !_window.IsComplete && !_window.Contains(key);

    /// <summary>Whether an event completes an order that the customer has placed already.</summary>
    public bool HasPlaced(CustomerEvent e) =>
        e.Kind == EventKind.OrderCompleted && e.OrderId is { } id && State.Orders.TryGetValue(id, out var order) && order.Completed is not null;
}
