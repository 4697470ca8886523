using System.Collections.Immutable;
using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Events;

namespace ClvOrleans.Domain.Customers;

/// <summary>
/// A customer as known at the end of a local day: what the events up to it say, and nothing of a later one. It is made by
/// <see cref="CustomerTimeline.StatesAt"/> alone, wherever a day of the past is asked for.
/// </summary>
public sealed class AsOfSnapshot
{
    private readonly ICustomerPast _past;

    internal AsOfSnapshot(ICustomerPast past, DateOnly day, CustomerSummary summary, ImmutableArray<DateOnly> couponDays) =>
        (_past, Day, Summary, CouponDays) = (past, day, summary, couponDays);

    /// <summary>Who it is.</summary>
    public CustomerId Id => _past.Id;

    /// <summary>The local day.</summary>
    public DateOnly Day { get; }

    /// <summary>What models read of the customer.</summary>
    public CustomerSummary Summary { get; }

    /// <summary>The local days with an order that used a coupon, in order.</summary>
    public ImmutableArray<DateOnly> CouponDays { get; }

    /// <summary>Whether there is a paid order.</summary>
    public bool HasPaid => Summary.PurchaseDays.Any(d => d.Gross > Money.Zero);

    /// <summary>Day of the first purchase, paid or free. <exception cref="InvalidOperationException">There is none.</exception></summary>
    public DateOnly FirstPurchase => Summary.PurchaseDays.IsEmpty
        ? throw new InvalidOperationException($"{Id} has bought nothing.")
        : Summary.PurchaseDays[0].Day;

    /// <summary>The events, in order of time.</summary>
    /// <exception cref="InvalidOperationException">The snapshot was collected without its events.</exception>
    public ImmutableArray<CustomerEvent> Events => _past.Events;

    /// <summary>
    /// The customer at the end of an earlier day; null before the first event. Where snapshots of some days were collected, the latest of
    /// them up to the day.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The day is later than <see cref="Day"/>.</exception>
    public AsOfSnapshot? Until(DateOnly day)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(day, Day);

        // Nothing has become known since: what was known then is what is known here. Messages and consents, of which the customer need not
        // have been seen, count too.
        return _past.ChangedOn(Day) <= day ? new AsOfSnapshot(_past, day, Summary, CouponDays) : _past.At(day);
    }
}
