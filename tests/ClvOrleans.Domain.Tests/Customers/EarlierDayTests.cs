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
        Assert.Same(summary, summary.WithoutLater(Day(5)));
        Assert.NotSame(summary, summary.WithoutLater(Day(4)));
    }

    [Fact]
    public void Purchases_and_days_seen_are_those_of_the_earlier_events() =>
        (from events in History from day in Gen.Int[0, 400] select (events, day)).Sample(t =>
        {
            var earlier = t.events.Where(e => Store.DayOf(e.At) <= Day(t.day)).ToList();
            var (known, folded) = (Summarise(t.events).WithoutLater(Day(t.day)), Summarise(earlier));
            Assert.Equal(folded.PurchaseDays, known.PurchaseDays);
            Assert.Equal(folded.HistoryAt(Day(t.day)), known.HistoryAt(Day(t.day)));
            if (earlier.Count > 0)
            {
                Assert.Equal((folded.FirstSeen, folded.LastSeen), (known.FirstSeen, known.LastSeen));
            }
        });

    [Fact]
    public void As_of_a_Sunday_behaviour_is_that_of_the_earlier_events() =>
        (from events in History from week in Gen.Int[0, 57] select (events, week)).Sample(t =>
        {
            var sunday = Day((7 * t.week) + 6);
            var (known, folded) = (Summarise(t.events).WithoutLater(sunday), Summarise(t.events.Where(e => Store.DayOf(e.At) <= sunday)));
            Assert.Equal(folded.Weeks, known.Weeks);
            Assert.Equal((folded.Sessions, folded.Duration), (known.Sessions, known.Duration));
            Assert.All(
                KindCounts.Kinds.ToArray(), k => Assert.Equal(folded.Counts.GetValueOrDefault(k), known.Counts.GetValueOrDefault(k)));
            Assert.DoesNotContain(0, known.Counts.Values);
        });

    [Fact]
    public void A_week_that_goes_on_after_the_day_is_left_out_but_its_earlier_days_were_seen()
    {
        var known = Summarise(On(0, EventKind.PageViewed), On(8, EventKind.ProductAdded), On(10, EventKind.ProductAdded))
            .WithoutLater(Day(9));

        Assert.Equal(Day(0), Assert.Single(known.Weeks).Monday);
        Assert.Equal((1, Day(8)), (known.Sessions, known.LastSeen));
        Assert.False(known.Counts.ContainsKey(EventKind.ProductAdded));
    }

    [Fact]
    public void Before_the_first_event_there_is_nothing()
    {
        var known = Summarise(Order(9, "o", 100)).WithoutLater(Day(2));
        Assert.Equal(
            (0, 0, 0, Day(2), Day(2)), (known.PurchaseDays.Length, known.Weeks.Length, known.Sessions, known.FirstSeen, known.LastSeen));
    }

    [Fact]
    public void A_refund_that_came_later_stays_taken_off()
    {
        var known = Summarise(Order(1, "o", 100), On(20, EventKind.OrderRefunded) with { Refund = new RefundFacts("o", new Money(40)) })
            .WithoutLater(Day(13));
        Assert.Equal(new Money(60), known.Net);
    }
}
