using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Grains.Stores;

namespace ClvOrleans.Grains.Customers;

/// <summary>
/// Replaces what names people in events of stores with pseudonyms. Every event passes here before anything else is done with it, by
/// whatever door it came.
/// </summary>
internal sealed class PseudonymIntake(IStores stores)
{
    /// <summary>The events as their stores keep them; the same list where no store of them has pseudonyms.</summary>
    public IReadOnlyList<RoutedEvent> Read(IReadOnlyList<RoutedEvent> events)
    {
        RoutedEvent[]? read = null;
        (StoreId Store, Pseudonyms? Pseudonyms)? last = null;
        for (var i = 0; i < events.Count; i++)
        {
            var store = events[i].Subject.Store;
            if (last is not { } known || known.Store != store)
            {
                last = known = (store, stores.IsOpen(store) ? stores.Find(store).Pseudonyms : null);
            }

            if (known.Pseudonyms is { } pseudonyms)
            {
                read ??= [.. events];
                read[i] = Of(events[i], pseudonyms);
            }
        }

        return read ?? events;
    }

    private static RoutedEvent Of(RoutedEvent e, Pseudonyms pseudonyms) => new(
        e.Subject with { Id = pseudonyms.OfId(e.Subject.Id) },
        PseudonymousEvents.Of(e.Event, pseudonyms),
        e.Visitor is { } visitor ? visitor with { Id = pseudonyms.OfId(visitor.Id) } : null,
        e.Previous is { } previous ? pseudonyms.OfId(previous) : null);
}
