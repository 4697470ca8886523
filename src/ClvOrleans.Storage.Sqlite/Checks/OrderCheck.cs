using ClvOrleans.Domain.Events;

namespace ClvOrleans.Storage.Sqlite.Checks;

/// <summary>Each order that was placed has one owner, whose events place it.</summary>
internal sealed class OrderCheck : IEachStoreCheck
{
    public string Name => "owners of orders";

    public IEnumerable<string> Run(CheckedStore store)
    {
        foreach (var row in store.Rows(
            "SELECT store, order_id, owner FROM orders o WHERE NOT EXISTS (SELECT 1 FROM events e WHERE e.store = o.store AND e.customer "
                + "= o.owner)"))
        {
            yield return $"{row.GetString(0)}/{row.GetString(2)}: owns order {row.GetString(1)}, but has no events.";
        }

        foreach (var (customer, events) in JournalEvents.ByCustomer(store))
        {
            var placed = events.Where(e => e.Kind == EventKind.OrderCompleted).Select(e => e.OrderId!).ToHashSet(StringComparer.Ordinal);
            var owned = store.Journal.Read(
                "SELECT order_id FROM orders WHERE store = $store AND owner = $owner", row => row.GetString(0),
                ("$store", store.Settings.Id.Value), ("$owner", customer)).ToHashSet(StringComparer.Ordinal);
            foreach (var order in owned.Except(placed))
            {
                yield return $"{store.Settings.Id}/{customer}: owns order {order}, but no event places it.";
            }

            foreach (var order in placed.Except(owned))
            {
                yield return $"{store.Settings.Id}/{customer}: an event places order {order}, which is not theirs.";
            }
        }
    }
}
