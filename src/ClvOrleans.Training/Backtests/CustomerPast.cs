using System.Collections.Immutable;
using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Events;
using ClvOrleans.Domain.Stores;

namespace ClvOrleans.Training.Backtests;

/// <summary>A customer as of the end of a day. It holds nothing that happened later.</summary>
public sealed class CustomerPast
{
    private readonly ImmutableArray<CustomerEvent> _events;
    private readonly AsOfSnapshots? _cuts;

    private CustomerPast(CustomerId id, ImmutableArray<CustomerEvent> events, AsOfSnapshots? cuts, CustomerSummary summary) =>
        (Id, _events, _cuts, Summary) = (id, events, cuts, summary);

    /// <summary>Who it is.</summary>
    public CustomerId Id { get; }

    /// <summary>What happened, in order of time.</summary>
    /// <exception cref="InvalidOperationException">The history was gathered as cuts, which hold no events.</exception>
    public ImmutableArray<CustomerEvent> Events => _cuts is null
        ? _events
        : throw new InvalidOperationException($"The history of {Id} was collected as as-of snapshots: its events are not here.");

    /// <summary>The fold of the events, by the same code as in the live service.</summary>
    public CustomerSummary Summary { get; }

    /// <summary>Whether there is a paid order: whoever has none is not judged.</summary>
    public bool HasPaid => Summary.PurchaseDays.Any(d => d.Gross > Money.Zero);

    /// <summary>Day of the first purchase, paid or free. <exception cref="InvalidOperationException">There is none.</exception></summary>
    public DateOnly FirstPurchase => Summary.PurchaseDays.IsEmpty
        ? throw new InvalidOperationException($"{Id} has bought nothing.")
        : Summary.PurchaseDays[0].Day;

    /// <summary>Whether an order of a day used a coupon.</summary>
    /// <param name="day">A local day up to the history's end.</param>
    /// <param name="store">The store.</param>
    public bool UsedCouponOn(DateOnly day, StoreSettings store) => _cuts is null
        ? _events.Any(e => e is { IsStatement: false, Order.Coupon: not null } && store.DayOf(e.At) == day)
        : _cuts.CouponDays.Contains(day);

    internal static CustomerPast Of(CustomerId id, ImmutableArray<CustomerEvent> events, StoreSettings store) =>
        new(id, events, null, CustomerSummary.Of(CustomerState.Fold(events, store), store));

    /// <summary>A customer of whom cuts were gathered, as of the end of a day; null where nothing happened up to it.</summary>
    internal static CustomerPast? Of(AsOfSnapshots cuts, DateOnly day) =>
        cuts.At(day) is { } summary ? new CustomerPast(cuts.Id, [], cuts, summary) : null;

    /// <summary>The same customer at an earlier day; null before the first event. Nothing of the later events is kept.</summary>
    internal CustomerPast? Until(DateOnly day, StoreSettings store)
    {
        if (_cuts is not null)
        {
            // Later cuts stay packed, and out of reach: nobody else opens them, and a history refuses days after its end.
            return Of(_cuts, day);
        }

        var count = _events.Length;
        while (count > 0 && store.DayOf(_events[count - 1].At) > day)
        {
            count--;
        }

        return count == 0 ? null : count == _events.Length ? this : Of(Id, ImmutableArray.Create(_events, 0, count), store);
    }
}
