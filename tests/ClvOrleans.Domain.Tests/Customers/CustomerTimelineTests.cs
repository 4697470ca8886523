using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Events;
using CsCheck;

namespace ClvOrleans.Domain.Tests.Customers;

public sealed class CustomerTimelineTests
{
    private static readonly CustomerId Ada = CustomerId.OfUser(CustomerStateTests.Store.Id, "ada");
    private static readonly DateOnly First = CustomerStateTests.Store.DayOf(CustomerStateTests.Start.AddHours(12));

    [Fact]
    public void Any_order_of_arrival_and_any_repetition_gives_the_same_timeline() =>
        CustomerStateTests.AnyEvent.List[0, 40].Sample(events =>
        {
            var (one, other) = (Timeline([.. events]), Timeline([.. events.DistinctBy(e => e.Key).Reverse(), .. events]));
            return one.Events.Select(e => (e.At, e.Key)).SequenceEqual(one.Events.Select(e => (e.At, e.Key)).Order())
                && one.Events.Select(e => e.Key).SequenceEqual(other.Events.Select(e => e.Key));
        });

    [Fact]
    public void The_state_of_a_day_is_that_of_the_events_up_to_it() =>
        Gen.Select(CustomerStateTests.AnyEvent.List[0, 40], Gen.Int[-2, 15], (events, day) => (events, day: First.AddDays(day))).Sample(t =>
        {
            var earlier = t.events.DistinctBy(e => e.Key).Where(e => CustomerStateTests.Store.DayOf(e.At) <= t.day);
            var expected = CustomerState.Fold(earlier, CustomerStateTests.Store).ToBytes();
            return Timeline([.. t.events]).StateAt(t.day).ToBytes().SequenceEqual(expected)
                && Timeline([.. t.events]).Until(t.day).StateAt(DateOnly.MaxValue).ToBytes().SequenceEqual(expected);
        });

    [Fact]
    public void An_earlier_snapshot_holds_nothing_of_later_days()
    {
        var late = Timeline(Order("a", 1, "SPRING"), Order("b", 5, "SUMMER")).At(First.AddDays(9))!;
        var early = late.Until(First.AddDays(4))!;

        Assert.Equal([First.AddDays(1), First.AddDays(5)], late.CouponDays);
        Assert.Equal([First.AddDays(1)], early.CouponDays);
        Assert.Equal(["a"], early.Events.Select(e => e.MessageId));
        Assert.Equal((First.AddDays(4), 1), (early.Day, early.Summary.Orders));
        Assert.Null(early.Until(First));
        Assert.Throws<ArgumentOutOfRangeException>(() => early.Until(First.AddDays(5)));
    }

    [Fact]
    public void Packed_snapshots_tell_the_same_of_their_days_but_hold_no_events()
    {
        var timeline = Timeline(Order("a", 1, "SPRING"), Order("b", 5, "SUMMER"));
        var packed = timeline.Pack([First.AddDays(4), First.AddDays(9)])!;
        var early = packed.At(First.AddDays(9))!.Until(First.AddDays(4))!;

        Assert.Equal(timeline.At(First.AddDays(4))!.CouponDays, early.CouponDays);
        Assert.Equal((Ada, First.AddDays(4), 1), (early.Id, early.Day, early.Summary.Orders));
        Assert.Throws<InvalidOperationException>(() => early.Events);
    }

    private static CustomerTimeline Timeline(params CustomerEvent[] events) => CustomerTimeline.Of(Ada, events, CustomerStateTests.Store);

    private static CustomerEvent Order(string order, int day, string coupon) => new()
    {
        MessageId = order,
        Source = "web",
        Kind = EventKind.OrderCompleted,
        At = CustomerStateTests.Start.AddDays(day).AddHours(12),
        Order = new OrderFacts(order, new Money(1_000)) { Coupon = coupon },
    };
}
