using System.Collections.Immutable;
using ClvOrleans.Model.Customers;
using ClvOrleans.Model.Estimates;
using ClvOrleans.Model.Events;
using ClvOrleans.Model.Market;
using ClvOrleans.Model.Stores;

namespace ClvOrleans.Training.Backtests;

/// <summary>
/// All customers of a store as of the end of a day: the data set of backtests and training. It holds the past only. An earlier cut is
/// another history, folded anew from the events up to there, so that nothing later can be found in it.
/// </summary>
public sealed class StoreHistory
{
    private readonly DateOnly? _first;

    private StoreHistory(
        StoreSettings store, DateOnly end, ImmutableArray<CustomerPast> customers, MarketCalendar market, DateOnly? first = null)
    {
        (Store, End, Customers, Market, _first) = (store, end, customers, market, first);
        Buyers = [.. customers.Where(c => c.HasPaid)];
    }

    /// <summary>The store.</summary>
    public StoreSettings Store { get; }

    /// <summary>The last local day of which anything is known.</summary>
    public DateOnly End { get; }

    /// <summary>
    /// The market calendar as it could be known at <see cref="End"/>: the store's own plans reach beyond it, what competitors will do does
    /// not.
    /// </summary>
    public MarketCalendar Market { get; }

    /// <summary>Everyone with an event, in order of id.</summary>
    public ImmutableArray<CustomerPast> Customers { get; }

    /// <summary>Those with a paid order, in order of id: the ones that models are fitted to and judged by.</summary>
    public ImmutableArray<CustomerPast> Buyers { get; }

    /// <summary>
    /// Day of the first purchase of any buyer of the store: also where this is the history of a part of them, so that whatever counts days
    /// from it can tell the time of the others too. <exception cref="InvalidOperationException">There is none.</exception>
    /// </summary>
    public DateOnly FirstPurchase => _first ?? Buyers.Min(c => c.FirstPurchase);

    /// <summary>Gathers events; what is later than <paramref name="end"/> is dropped, an event that comes again counts once.</summary>
    /// <param name="events">Events of all customers, in any order; read once.</param>
    /// <param name="store">The store.</param>
    /// <param name="end">The last local day to keep.</param>
    /// <param name="market">Promotions, seasons and competitors; none by default.</param>
    public static StoreHistory Of(
        IEnumerable<(CustomerId Customer, CustomerEvent Event)> events, StoreSettings store, DateOnly end, MarketCalendar? market = null)
    {
        var byCustomer = new Dictionary<CustomerId, List<CustomerEvent>>();
        foreach (var (customer, e) in events)
        {
            if (store.DayOf(e.At) > end)
            {
                continue;
            }

            if (!byCustomer.TryGetValue(customer, out var list))
            {
                byCustomer[customer] = list = [];
            }

            list.Add(e);
        }

        var ids = byCustomer.Keys.OrderBy(c => c.ToText(), StringComparer.Ordinal).ToArray();
        var customers = new CustomerPast[ids.Length];
        Parallel.For(0, ids.Length, i => customers[i] = CustomerPast.Of(
            ids[i], [.. byCustomer[ids[i]].DistinctBy(e => e.Key).OrderBy(e => e.At).ThenBy(e => e.Key)], store));
        return new StoreHistory(store, end, [.. customers], (market ?? MarketCalendar.Empty).AsKnownOn(end));
    }

    /// <summary>The history as of the end of an earlier day.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The day is later than <see cref="End"/>.</exception>
    public StoreHistory Until(DateOnly day)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(day, End);
        var customers = new CustomerPast?[Customers.Length];
        Parallel.For(0, customers.Length, i => customers[i] = Customers[i].Until(day, Store));
        return new StoreHistory(Store, day, [.. customers.OfType<CustomerPast>()], Market.AsKnownOn(day), _first > day ? null : _first);
    }

    /// <summary>The history of some of the customers.</summary>
    public StoreHistory Where(Func<CustomerPast, bool> kept) =>
        new(Store, End, [.. Customers.Where(kept)], Market, Buyers.IsEmpty ? null : FirstPurchase);

    /// <summary>
    /// What the buyers of an earlier cut of this history did after it, up to <see cref="End"/>; in the order of <see cref="Buyers"/> there.
    /// With a cut inside the past of a model, its targets for training.
    /// </summary>
    public ImmutableArray<Outcome> OutcomesOf(StoreHistory cut, ValueKind kind)
    {
        var later = Customers.ToDictionary(c => c.Id);
        return [.. cut.Buyers.Select(c => Outcome.Of(later[c.Id].Summary, c.Summary.Credits, cut.End, End, kind, Store))];
    }
}
