using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Events;
using CsCheck;
using Xunit;
using static ClvOrleans.Tests.Happened;

namespace ClvOrleans.Domain.Tests.Customers;

public sealed class EarlierDayTests
{
    [Fact]
    public void Where_nothing_is_later_the_summary_is_itself()
    {
        var summary = Summarise(On(3, EventKind.PageViewed), Order(5, "o", 100));
        Assert.Same(summary, summary.AsOf(Day(5)));
        Assert.NotSame(summary, summary.AsOf(Day(4)));
    }

    [Fact]
    public void Purchases_and_days_seen_are_those_of_the_earlier_events() => (from events in History from day in Gen.Int[0, 400] select (events, day)).Sample(t =>
    {
        var earlier = t.events.Where(e => Store.DayOf(e.At) <= Day(t.day)).ToList();
        var (cut, folded) = (Summarise(t.events).AsOf(Day(t.day)), Summarise(earlier));
        Assert.Equal(folded.PurchaseDays, cut.PurchaseDays);
        Assert.Equal(folded.HistoryAt(Day(t.day)), cut.HistoryAt(Day(t.day)));
        if (earlier.Count > 0)
        {
            Assert.Equal((folded.FirstSeen, folded.LastSeen), (cut.FirstSeen, cut.LastSeen));
        }
    });

    [Fact]
    public void As_of_a_Sunday_behaviour_is_that_of_the_earlier_events() => (from events in History from week in Gen.Int[0, 57] select (events, week)).Sample(t =>
    {
        var sunday = Day((7 * t.week) + 6);
        var (cut, folded) = (Summarise(t.events).AsOf(sunday), Summarise(t.events.Where(e => Store.DayOf(e.At) <= sunday)));
        Assert.Equal(folded.Weeks, cut.Weeks);
        Assert.Equal((folded.Sessions, folded.Duration), (cut.Sessions, cut.Duration));
        Assert.All(KindCounts.Kinds.ToArray(), k => Assert.Equal(folded.Counts.GetValueOrDefault(k), cut.Counts.GetValueOrDefault(k)));
        Assert.DoesNotContain(0, cut.Counts.Values);
    });

    [Fact]
    public void A_week_that_goes_on_after_the_day_is_left_out_but_its_earlier_days_were_seen()
    {
        var cut = Summarise(On(0, EventKind.PageViewed), On(8, EventKind.ProductAdded), On(10, EventKind.ProductAdded)).AsOf(Day(9));

        Assert.Equal(Day(0), Assert.Single(cut.Weeks).Monday);
        Assert.Equal((1, Day(8)), (cut.Sessions, cut.LastSeen));
        Assert.False(cut.Counts.ContainsKey(EventKind.ProductAdded));
    }

    [Fact]
    public void Before_the_first_event_there_is_nothing()
    {
        var cut = Summarise(Order(9, "o", 100)).AsOf(Day(2));
        Assert.Equal((0, 0, 0, Day(2), Day(2)), (cut.PurchaseDays.Length, cut.Weeks.Length, cut.Sessions, cut.FirstSeen, cut.LastSeen));
    }

    [Fact]
    public void A_refund_that_came_later_stays_taken_off()
    {
        var cut = Summarise(Order(1, "o", 100), On(20, EventKind.OrderRefunded) with { Refund = new RefundFacts("o", new Money(40)) }).AsOf(Day(13));
        Assert.Equal(new Money(60), cut.Net);
    }
}
