using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Events;
using ClvOrleans.Domain.Stores;

namespace ClvOrleans.Recommendations.Baskets;

/// <summary>
/// The live state of recommendations of one customer, beside the <see cref="CustomerState"/>: a function of the set of events. An event
/// costs time proportional to the products of its order.
/// </summary>
public sealed class CustomerBaskets
{
    /// <summary>Nothing yet.</summary>
    public CustomerBaskets()
        : this(new BasketHistory(), new RecentItems())
    {
    }

    /// <summary>Goes on from what was kept.</summary>
    public CustomerBaskets(BasketHistory history, RecentItems recent) => (History, Recent) = (history, recent);

    /// <summary>What was bought and what was sent back.</summary>
    public BasketHistory History { get; }

    /// <summary>What was of interest of late.</summary>
    public RecentItems Recent { get; }

    /// <summary>Folds an event into both states.</summary>
    public void Apply(CustomerEvent e, CustomerState state, StoreSettings store)
    {
        if (e.OrderId is not { } id)
        {
            state.Apply(e, store);
            Recent.Add(e);
            return;
        }

        var before = ProductsOf(id, state, store);
        state.Apply(e, store);
        var after = ProductsOf(id, state, store);
        if (!AreSame(before, after))
        {
            Replace(before, after, state, store);
        }

        if (OrderedProducts.OfRefund(e, store) is { } sentBack)
        {
            History.Add(sentBack);
        }
    }

    /// <summary>Folds all events, in any order, each once.</summary>
    public static CustomerBaskets Fold(IEnumerable<CustomerEvent> events, StoreSettings store)
    {
        var (baskets, state) = (new CustomerBaskets(), new CustomerState());
        foreach (var e in events)
        {
            baskets.Apply(e, state, store);
        }

        return baskets;
    }

    private void Replace(OrderedProducts? before, OrderedProducts? after, CustomerState state, StoreSettings store)
    {
        if (before is not null && !History.TryRemove(before))
        {
            // The order that is taken back may make room for days that were dropped.
            History.Renew(state.Orders.Values.Select(o => OrderedProducts.Of(o, store)).OfType<OrderedProducts>());
            after = after is { IsReturned: true } ? after : null;
        }

        if (after is not null)
        {
            History.Add(after);
        }
    }

    private static OrderedProducts? ProductsOf(string order, CustomerState state, StoreSettings store) =>
        state.Orders.TryGetValue(order, out var known) ? OrderedProducts.Of(known, store) : null;

    private static bool AreSame(OrderedProducts? a, OrderedProducts? b) => a is null || b is null
        ? a is null && b is null
        : a.Day == b.Day && a.IsReturned == b.IsReturned && a.Units.Count == b.Units.Count && a.Units.SequenceEqual(b.Units);
}
