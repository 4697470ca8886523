using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Storage.Privacy;

namespace ClvOrleans.Grains.Customers;

/// <summary>Finds events of people who were erased or are suppressed, by all names that an event has.</summary>
internal sealed class ErasedEvents(IErasures erasures)
{
    private const string Email = "email";

    /// <summary>
    /// Which of the events are dropped; null where none can be. <paramref name="met"/> learns of identities that were ever erased, also
    /// where the event counts.
    /// </summary>
    public async Task<bool[]?> FindAsync(IReadOnlyList<RoutedEvent> events, Action<CustomerId> met)
    {
        if (events.Count == 0 || await erasures.FindKeyAsync() is null)
        {
            return null;
        }

        var (dropped, isAny) = (new bool[events.Count], false);
        foreach (var ofStore in Enumerable.Range(0, events.Count).GroupBy(i => events[i].Subject.Store))
        {
            var names = ofStore.Select(i => (Index: i, Names: NamesOf(events[i]).ToArray())).ToArray();
            var found = await erasures.FindAsync(ofStore.Key, [.. names.SelectMany(n => n.Names).Distinct()]);
            if (found.Count == 0)
            {
                continue;
            }

            foreach (var (index, all) in names)
            {
                dropped[index] = all.Any(n => found.TryGetValue(n, out var erasure) && events[index].Event.At <= erasure.Until);
                isAny |= dropped[index];
                Tell(met, ofStore.Key, all.Where(n => n.Kind == ErasedNameKind.Identity && found.ContainsKey(n)));
            }
        }

        return isAny ? dropped : null;
    }

    private static void Tell(Action<CustomerId> met, StoreId store, IEnumerable<ErasedName> names)
    {
        foreach (var name in names)
        {
            met(CustomerId.Parse(store, name.Text));
        }
    }

    private static IEnumerable<ErasedName> NamesOf(RoutedEvent routed)
    {
        var (subject, e) = (routed.Subject, routed.Event);
        yield return ErasedName.Of(subject);
        if (routed.Visitor is { } visitor)
        {
            yield return ErasedName.Of(visitor);
        }

        if (routed.Previous is { } previous)
        {
            yield return ErasedName.Of(CustomerId.OfVisitor(subject.Store, previous));
            yield return ErasedName.Of(CustomerId.OfUser(subject.Store, previous));
        }

        if (e.OrderId is { } order)
        {
            yield return ErasedName.OfOrder(order);
        }

        if (subject.MayBeAddress)
        {
            yield return ErasedName.OfEmail(subject.Id);
        }

        if (e.Traits?.GetValueOrDefault(Email) is { Length: > 0 } email)
        {
            yield return ErasedName.OfEmail(email);
        }
    }
}
