using ClvOrleans.Model.Events;

namespace ClvOrleans.Grains.Customers;

/// <summary>The keys of a customer's latest events, so that most repetitions are known without asking the journal.</summary>
internal sealed class EventWindow
{
    private const int Capacity = 512;
    private readonly Queue<EventKey> _order = new();
    private readonly HashSet<EventKey> _keys = [];

    /// <summary>Whether every event of the customer is in the window.</summary>
    public bool IsComplete { get; private set; } = true;

    public bool Contains(EventKey key) => _keys.Contains(key);

    public void Add(EventKey key)
    {
        if (!_keys.Add(key))
        {
            return;
        }

        _order.Enqueue(key);
        if (_order.Count > Capacity)
        {
            _keys.Remove(_order.Dequeue());
            IsComplete = false;
        }
    }

    public void ForgetOlder() => IsComplete = false;
}
