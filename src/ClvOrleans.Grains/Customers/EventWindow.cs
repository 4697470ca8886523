using System.Collections.Immutable;
using System.IO.Hashing;
using System.Text;
using ClvOrleans.Domain.Events;

namespace ClvOrleans.Grains.Customers;

/// <summary>
/// Which events a customer has, so that most questions need no reading: the keys of the latest ones, and 4 bytes of each key, as long as
/// there are not too many.
/// </summary>
internal sealed class EventWindow(CustomerOptions options)
{
    private readonly Queue<EventKey> _order = new();
    private readonly HashSet<EventKey> _keys = [];
    private FingerprintSet? _fingerprints = new([]);

    /// <summary>The fingerprints of all events; default where they are no longer kept.</summary>
    public ImmutableArray<uint> Fingerprints => _fingerprints?.ToImmutableArray() ?? default;

    /// <summary>Goes on from the fingerprints of all events so far.</summary>
    public static EventWindow Continue(ImmutableArray<uint> fingerprints, CustomerOptions options) =>
        new(options) { _fingerprints = fingerprints.IsDefault ? null : new FingerprintSet(fingerprints.AsSpan()) };

    /// <summary>Whether an event is among the latest.</summary>
    public bool Contains(EventKey key) => _keys.Contains(key);

    /// <summary>Whether an event can be one of the customer's: only the journal can tell then.</summary>
    public bool MayContain(EventKey key) => _fingerprints?.Contains(FingerprintOf(key)) ?? true;

    public void Add(EventKey key)
    {
        if (_fingerprints?.Add(FingerprintOf(key)) == true && _fingerprints.Count > options.Fingerprints)
        {
            _fingerprints = null;
        }

        if (_keys.Contains(key))
        {
            return;
        }

        // The oldest goes first: with one more for a moment, there would be room for twice as many for good.
        if (_order.Count == options.Window)
        {
            _keys.Remove(_order.Dequeue());
        }

        _order.Enqueue(key);
        _keys.Add(key);
    }

    private static uint FingerprintOf(EventKey key) =>
        (uint)XxHash64.HashToUInt64(Encoding.UTF8.GetBytes($"{key.Source.Length}:{key.Source}{key.MessageId}"), 0);
}
