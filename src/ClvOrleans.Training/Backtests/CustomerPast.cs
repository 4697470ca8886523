using System.Collections.Immutable;
using ClvOrleans.Model.Currencies;
using ClvOrleans.Model.Customers;
using ClvOrleans.Model.Events;
using ClvOrleans.Model.Stores;

namespace ClvOrleans.Training.Backtests;

/// <summary>A customer as of the end of a day. It holds nothing that happened later.</summary>
public sealed class CustomerPast
{
    private CustomerPast(CustomerId id, ImmutableArray<CustomerEvent> events, CustomerSummary summary) =>
        (Id, Events, Summary) = (id, events, summary);

    /// <summary>Who it is.</summary>
    public CustomerId Id { get; }

    /// <summary>What happened, in order of time.</summary>
    public ImmutableArray<CustomerEvent> Events { get; }

    /// <summary>The fold of the events, by the same code as in the live service.</summary>
    public CustomerSummary Summary { get; }

    /// <summary>Whether there is a paid order: whoever has none is not judged.</summary>
    public bool HasPaid => Summary.PurchaseDays.Any(d => d.Gross > Money.Zero);

    /// <summary>Day of the first purchase, paid or free. <exception cref="InvalidOperationException">There is none.</exception></summary>
    public DateOnly FirstPurchase => Summary.PurchaseDays.IsEmpty
        ? throw new InvalidOperationException($"{Id} has bought nothing.")
        : Summary.PurchaseDays[0].Day;

    internal static CustomerPast Of(CustomerId id, ImmutableArray<CustomerEvent> events, StoreSettings store) =>
        new(id, events, CustomerSummary.Of(CustomerState.Fold(events, store), store));

    /// <summary>The same customer at an earlier day; null before the first event. Nothing of the later events is kept.</summary>
    internal CustomerPast? Until(DateOnly day, StoreSettings store)
    {
        var count = Events.Length;
        while (count > 0 && store.DayOf(Events[count - 1].At) > day)
        {
            count--;
        }

        return count == 0 ? null : count == Events.Length ? this : Of(Id, ImmutableArray.Create(Events, 0, count), store);
    }
}
