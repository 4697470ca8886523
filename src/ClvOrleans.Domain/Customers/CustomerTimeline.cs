using System.Collections.Immutable;
using ClvOrleans.Domain.Events;
using ClvOrleans.Domain.Stores;

namespace ClvOrleans.Domain.Customers;

/// <summary>
/// The events of a customer in order of time, each once: what the customer was as of any day is folded from it. The grain of a customer,
/// explanations, reports of past days, trainings and backtests all ask here.
/// </summary>
public sealed class CustomerTimeline : ICustomerPast
{
    private readonly ImmutableArray<DateOnly> _days;
    private readonly StoreSettings _store;

    private CustomerTimeline(CustomerId id, ImmutableArray<CustomerEvent> events, ImmutableArray<DateOnly> days, StoreSettings store) =>
        (Id, Events, _days, _store) = (id, events, days, store);

    /// <inheritdoc />
    public CustomerId Id { get; }

    /// <inheritdoc />
    public ImmutableArray<CustomerEvent> Events { get; }

    /// <summary>Puts events in order.</summary>
    /// <param name="id">Who it is.</param>
    /// <param name="events">The events, in any order; one that comes again counts once.</param>
    /// <param name="store">The store.</param>
    public static CustomerTimeline Of(CustomerId id, IEnumerable<CustomerEvent> events, StoreSettings store)
    {
        var byDay = events.DistinctBy(e => e.Key).Select(e => (Day: store.DayOf(e.At), Event: e)).ToArray();
        Array.Sort(byDay, InOrder);
        return new CustomerTimeline(id, [.. byDay.Select(e => e.Event)], [.. byDay.Select(e => e.Day)], store);
    }

    /// <summary>The timeline up to the end of a day. No reference to a later event remains.</summary>
    public CustomerTimeline Until(DateOnly day)
    {
        var count = CountUntil(day);
        return count == Events.Length
            ? this
            : new CustomerTimeline(Id, ImmutableArray.Create(Events, 0, count), ImmutableArray.Create(_days, 0, count), _store);
    }

    /// <summary>
    /// The state as each of some days ends, from one fold; a day is left out where nothing has happened since the one before it. A state is
    /// folded on for the next day: read it before.
    /// </summary>
    /// <param name="days">Local days in ascending order; later events are not looked at.</param>
    public IEnumerable<(DateOnly Day, CustomerState State)> StatesAt(IEnumerable<DateOnly> days)
    {
        var (state, next) = (new CustomerState(), 0);
        foreach (var day in days)
        {
            var before = next;
            for (; next < Events.Length && _days[next] <= day; next++)
            {
                state.Apply(Events[next], _store);
            }

            if (next > before)
            {
                yield return (day, state);
            }
        }
    }

    /// <summary>The state as a day ends; without events where nothing has happened by then.</summary>
    public CustomerState StateAt(DateOnly day) => StatesAt([day]).Select(s => s.State).FirstOrDefault() ?? new CustomerState();

    /// <inheritdoc />
    public DateOnly? ChangedOn(DateOnly day) => CountUntil(day) is > 0 and var count ? _days[count - 1] : null;

    /// <inheritdoc />
    public AsOfSnapshot? At(DateOnly day)
    {
        var known = Until(day);
        return known.Events.IsEmpty
            ? null
            : new AsOfSnapshot(known, day, CustomerSummary.Of(known.StateAt(day), _store), known.CouponDaysUntil(day));
    }

    /// <summary>The local days up to one with an order that used a coupon, in order.</summary>
    internal ImmutableArray<DateOnly> CouponDaysUntil(DateOnly day)
    {
        List<DateOnly>? days = null;
        for (var i = 0; i < Events.Length && _days[i] <= day; i++)
        {
            if (Events[i] is { IsStatement: false, Order.Coupon: not null } && days?[^1] != _days[i])
            {
                (days ??= []).Add(_days[i]);
            }
        }

        return days is null ? [] : [.. days];
    }

    /// <summary>Condenses the state as each of some days ends; null where all events are later.</summary>
    /// <inheritdoc cref="StatesAt" path="/param" />
    public AsOfSnapshots? Pack(ImmutableArray<DateOnly> days) => AsOfSnapshots.Of(this, days, _store);

    private static int InOrder((DateOnly Day, CustomerEvent Event) a, (DateOnly Day, CustomerEvent Event) b) =>
        a.Day != b.Day ? a.Day.CompareTo(b.Day)
        : a.Event.At != b.Event.At ? a.Event.At.CompareTo(b.Event.At)
        : a.Event.Key.CompareTo(b.Event.Key);

    private int CountUntil(DateOnly day)
    {
        var (low, high) = (0, _days.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = _days[middle] <= day ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
