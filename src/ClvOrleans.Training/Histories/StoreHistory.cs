using System.Collections.Immutable;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Events;
using ClvOrleans.Domain.Market;
using ClvOrleans.Domain.Stores;

namespace ClvOrleans.Training.Histories;

/// <summary>
/// All customers of a store as of the end of a day: the data set of backtests and trainings, which ask it for earlier days. It holds the
/// past only: an earlier day is another history, in which nothing later can be found. Snapshots come from events in memory, which answer
/// for any day (<see cref="Of"/>), or were collected where the events are, for the days that the fits say they will ask for (<see
/// cref="Collected"/>). Both answer alike, to the last bit.
/// </summary>
public sealed class StoreHistory
{
    private readonly DateOnly? _first;

    // Null where events are here, and any day can be asked for.
    private readonly ImmutableSortedSet<DateOnly>? _days;

    private StoreHistory(
        StoreSettings store, DateOnly end, ImmutableArray<AsOfSnapshot> customers, MarketCalendar market,
        ImmutableSortedSet<DateOnly>? days = null, DateOnly? first = null)
    {
        (Store, End, Customers, Market, _days, _first) = (store, end, customers, market, days, first);
        Buyers = [.. customers.Where(c => c.HasPaid)];
    }

    /// <summary>The store.</summary>
    public StoreSettings Store { get; }

    /// <summary>The last local day of which anything is known.</summary>
    public DateOnly End { get; }

    /// <summary>The days within which windows are laid out.</summary>
    public HistorySpan Span => HistorySpan.Of(this);

    /// <summary>
    /// The market calendar as it could be known at <see cref="End"/>: the store's own plans reach beyond it, what competitors will do does
    /// not.
    /// </summary>
    public MarketCalendar Market { get; }

    /// <summary>Everyone with an event, in order of id. Where snapshots were collected, those who have bought by one of the days.</summary>
    public ImmutableArray<AsOfSnapshot> Customers { get; }

    /// <summary>Those with a paid order, in order of id: the ones that models are fitted to and judged by.</summary>
    public ImmutableArray<AsOfSnapshot> Buyers { get; }

    /// <summary>
    /// Day of the first purchase of any buyer of the store: also where this is the history of a part of them, so that whatever counts days
    /// from it can tell the time of the others too. <exception cref="InvalidOperationException">There is none.</exception>
    /// </summary>
    public DateOnly FirstPurchase => _first ?? Buyers.Min(c => c.FirstPurchase);

    /// <summary>
    /// A history of events in memory; what is later than <paramref name="end"/> is dropped, an event that comes again counts once.
    /// </summary>
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
        var customers = All(ids.Length, i => CustomerTimeline.Of(ids[i], byCustomer[ids[i]], store).At(end));
        return new StoreHistory(store, end, customers, (market ?? MarketCalendar.Empty).AsKnownOn(end));
    }

    /// <summary>A history of customers who were folded where their events are.</summary>
    /// <param name="customers">Their snapshots as of the days, in any order; who has bought by none of the days may be left out.</param>
    /// <param name="days">The days, the last of them the history's end: the only ones that <see cref="Until"/> answers for.</param>
    /// <param name="store">The store.</param>
    /// <param name="market">Promotions, seasons and competitors; none by default.</param>
    /// <exception cref="ArgumentException">There is no day, or a customer comes twice.</exception>
    public static StoreHistory Collected(
        IEnumerable<AsOfSnapshots> customers, IReadOnlyCollection<DateOnly> days, StoreSettings store, MarketCalendar? market = null)
    {
        var known = days.Count > 0 ? days.ToImmutableSortedSet() : throw new ArgumentException("There is no day to collect.", nameof(days));
        var all = customers.Where(c => c.HasBought).OrderBy(c => c.Id.ToText(), StringComparer.Ordinal).ToArray();
        for (var i = 1; i < all.Length; i++)
        {
            if (all[i].Id == all[i - 1].Id)
            {
                throw new ArgumentException($"{all[i].Id} was collected twice.", nameof(customers));
            }
        }

        var end = known[^1];
        return new StoreHistory(store, end, All(all.Length, i => all[i].At(end)), (market ?? MarketCalendar.Empty).AsKnownOn(end), known);
    }

    /// <summary>Whether <see cref="Until"/> answers for a day.</summary>
    public bool Knows(DateOnly day) => day <= End && (_days is null || _days.Contains(day));

    /// <summary>The history as of the end of an earlier day.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The day is later than <see cref="End"/>.</exception>
    /// <exception cref="InvalidOperationException">The day is none of those that were collected: a fit has not said that it asks for
    /// it.</exception>
    public StoreHistory Until(DateOnly day)
    {
        Check(day);
        return new StoreHistory(
            Store, day, All(Customers.Length, i => Customers[i].Until(day)), Market.AsKnownOn(day), _days, _first > day ? null : _first);
    }

    /// <summary>
    /// One customer, who may belong to another part of the same store, as of the end of an earlier day; null before the first event.
    /// </summary>
    /// <inheritdoc cref="Until" path="/exception" />
    public AsOfSnapshot? Earlier(AsOfSnapshot customer, DateOnly day)
    {
        Check(day);
        return customer.Until(day);
    }

    /// <summary>The history of some of the customers.</summary>
    public StoreHistory Where(Func<AsOfSnapshot, bool> kept) =>
        new(Store, End, [.. Customers.Where(kept)], Market, _days, Buyers.IsEmpty ? null : FirstPurchase);

    /// <summary>The same history of a store that forecasts another horizon.</summary>
    public StoreHistory For(Horizon horizon) => new(Store with { Horizon = horizon }, End, Customers, Market, _days, _first);

    /// <summary>
    /// What the buyers of an earlier history did after its end, up to <see cref="End"/>; in the order of <see cref="Buyers"/> there. Where
    /// both are within the past of a model, its targets for training.
    /// </summary>
    public ImmutableArray<HoldoutOutcome> OutcomesOf(StoreHistory earlier, ValueKind kind)
    {
        var later = Customers.ToDictionary(c => c.Id);
        return [.. earlier.Buyers.Select(c => HoldoutOutcome.Of(later[c.Id].Summary, c.Summary.Credits, earlier.End, End, kind, Store))];
    }

    private void Check(DateOnly day)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(day, End);
        if (!Knows(day))
        {
            throw new InvalidOperationException(
                $"Customers were not collected as of {day:yyyy-MM-dd}, but of {string.Join(", ", _days!.Select(d => $"{d:yyyy-MM-dd}"))}.");
        }
    }

    private static ImmutableArray<AsOfSnapshot> All(int count, Func<int, AsOfSnapshot?> of)
    {
        var customers = new AsOfSnapshot?[count];
        Parallel.For(0, count, i => customers[i] = of(i));
        return [.. customers.OfType<AsOfSnapshot>()];
    }
}
