using System.Globalization;
using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Events;
using ClvOrleans.Valuation.BuyTillYouDie;
using ClvOrleans.Valuation.Explanations;
using CsCheck;

namespace ClvOrleans.Valuation.Tests.Explanations;

public sealed class ValueAttributionTests
{
    [Fact]
    public void Moves_lead_without_a_gap_from_the_first_shown_value_to_the_estimate_of_today() =>
        Gen.Select(Shop.Histories, Gen.Int[0, 3], Gen.Int[0, 12]).Sample((events, which, count) =>
        {
            var model = Shop.Models[which];
            var moves = Of(model, count, events);
            var estimate = model.Estimate(Shop.Summarise(events), Shop.Summer, Shop.Store, Shop.Day, Shop.Year);
            Assert.Equal(estimate.Value, moves.End);
            Assert.Equal(moves.End, moves.Moves.Aggregate(moves.Start, (at, move) =>
            {
                Assert.Equal(at, move.Before);
                return at + move.Change;
            }));
            Assert.InRange(moves.Moves.Count(m => m.Kind == ValueStepKind.Event), 0, count);
        }, iter: 400);

    [Fact]
    public void The_order_of_arrival_changes_nothing() =>
        (from events in Shop.Histories from shuffled in Gen.Shuffle(events) select (events, shuffled)).Sample(t =>
        {
            var (expected, actual) = (Of(Shop.Models[2], 8, t.events), Of(Shop.Models[2], 8, t.shuffled));
            Assert.Equal((expected.Start, expected.End), (actual.Start, actual.End));
            Assert.Equal(expected.Moves, actual.Moves);
        }, iter: 200);

    [Fact]
    public void Each_event_says_what_it_did_and_why_and_silence_between_them_costs()
    {
        var moves = Of(
            Shop.Models[1], 10, Shop.Order("1001", 2_500, 400), Shop.Order("1002", 2_500, 430), Shop.Order("1003", 2_500, 460),
            Shop.Refund("1003", null, 461));
        Assert.Equal(Money.Zero, moves.Start);
        Assert.Collection(
            moves.Moves.Select(m => m.Sentence),
            s => Assert.Matches(@"^Order 1001 of 25\.00: \+\d+\.\d\d, because it is the first purchase$", s),
            s => Assert.Matches(@"^30 days passed: -\d+\.\d\d$", s),
            s => Assert.Matches(@"^Order 1002 of 25\.00: \+\d+\.\d\d, because a second purchase makes a next one more likely$", s),
            s => Assert.Matches(@"^30 days passed: -\d+\.\d\d$", s),
            s => Assert.Matches(@"^Order 1003 of 25\.00: \+\d+\.\d\d, because a third purchase makes a next one more likely$", s),
            s => Assert.Matches(@"^1 day passed: -\d+\.\d\d$", s),
            s => Assert.Matches(@"^Full refund of order 1003: -\d+\.\d\d, because it no longer counts as a purchase$", s),
            s => Assert.Matches(@"^56 days passed: -\d+\.\d\d$", s));

        // What came back whole never was.
        Assert.Equal(Of(Shop.Models[1], 10, Shop.Order("1001", 2_500, 400), Shop.Order("1002", 2_500, 430)).End, moves.End);
    }

    [Fact]
    public void Sentences_name_the_change_that_the_figures_hold()
    {
        var moves = Of(Shop.Models[1], 2, Shop.Order("a", 2_500, 400), Shop.Order("b", 2_500, 430), Shop.Order("c", 150_000, 460));
        var last = moves.Moves.Last(m => m.Kind == ValueStepKind.Event);
        var change = Shop.Store.Currency.ToMajor(last.Change).ToString("N2", CultureInfo.InvariantCulture);
        Assert.Equal($"Order c of 1,500.00: +{change}, because purchases are now expected to be worth more", last.Sentence);
    }

    [Fact]
    public void Events_that_the_model_does_not_read_are_told_in_one_line_and_do_not_use_up_the_count()
    {
        CustomerEvent[] views = [.. Enumerable.Range(0, 50).Select(i => Shop.Event($"v{i}", EventKind.PageViewed, (410 * 24) + i))];
        var identified = Shop.Event("i", EventKind.Identified, 9_900);
        var moves = Of(Shop.Models[1], 2, [Shop.Order("1", 2_500, 400), .. views, identified, Shop.Order("2", 2_500, 430)]);
        var unread = Assert.Single(moves.Moves, m => m.Kind == ValueStepKind.Unread);
        Assert.Equal((51, Money.Zero, "50 page views and 1 other event: no effect"), (unread.Events, unread.Change, unread.Sentence));
        Assert.Equal(["1", "2"], moves.Moves.Where(m => m.Kind == ValueStepKind.Event).Select(m => m.Event!.OrderId));
    }

    [Fact]
    public void A_late_event_stands_where_it_happened()
    {
        var (first, last, late) = (Shop.Order("1", 2_500, 400), Shop.Order("3", 2_500, 460), Shop.Order("2", 2_500, 430));
        var moves = Of(Shop.Models[1], 10, first, last, late);
        Assert.Equal(["1", "2", "3"], moves.Moves.Where(m => m.Kind == ValueStepKind.Event).Select(m => m.Event!.OrderId));
        Assert.Contains("a third purchase", moves.Moves.Last(m => m.Kind == ValueStepKind.Event).Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void What_cannot_move_the_value_is_told_to_have_no_effect()
    {
        CustomerEvent again = Shop.Order("1", 9_900, 401) with { MessageId = "again" }, unknown = Shop.Refund("nowhere", 100, 402);
        var credit = Shop.Event("credit", EventKind.OrderRefunded, 403 * 24) with { Refund = new RefundFacts(null, new Money(100)) };
        Assert.Equal(
            ["Order 1 of 99.00: no effect", "Refund of 1.00 on order nowhere: no effect", "Credit note of 1.00: no effect"],
            EventsOf(Of(Shop.Models[1], 10, Shop.Order("1", 2_500, 400), again, unknown, credit)).Skip(1));
    }

    [Fact]
    public void Who_has_bought_nothing_has_not_moved_and_nobody_has_no_moves()
    {
        var visitor = Of(Shop.Models[1], 10, Shop.Event("a", EventKind.PageViewed, 100), Shop.Event("b", EventKind.ScreenViewed, 9_000));
        Assert.Equal("2 page views: no effect", Assert.Single(visitor.Moves).Sentence);
        Assert.Empty(Of(Shop.Models[1], 10).Moves);
        Assert.Empty(Of(Shop.Models[1], 0, Shop.Order("1", 2_500, 400)).Moves);
    }

    /// <summary>Under BG/NBD customers leave after repeat purchases only: here nine in ten do.</summary>
    [Fact]
    public void Changes_of_an_order_say_what_they_changed()
    {
        var updated = Shop.Event("u", EventKind.OrderUpdated, (431 * 24) + 12) with { Order = new OrderFacts("2", new Money(5_000)) };
        var cancelled = Shop.Event("c", EventKind.OrderCancelled, (433 * 24) + 12) with { Order = new OrderFacts("1") };
        var leaving = new BuyTillYouDieModel(Shop.Geometric with
        {
            Id = "bg-nbd-1",
            Family = "bg-nbd",
            Parameters = Shop.Geometric.Parameters.SetItem("a", 9).SetItem("b", 1),
        });
        var (first, second, part) = (Shop.Order("1", 2_500, 400), Shop.Order("2", 2_500, 430), Shop.Refund("2", 1_000, 432));
        Assert.Collection(
            EventsOf(Of(Shop.Models[1], 4, first, second, updated, part, cancelled)),
            s => Assert.StartsWith("Order 2 of 25.00: +", s, StringComparison.Ordinal),
            s => Assert.Matches(@"^Order 2 updated to 50\.00: \+\d+\.\d\d, because purchases are now expected to be worth more$", s),
            s => Assert.Matches(@"^Refund of 10\.00 on order 2: -\d+\.\d\d, because purchases are now expected to be worth less$", s),
            s => Assert.Matches(@"^Order 1 cancelled: -\d+\.\d\d, because it no longer counts as a purchase$", s));
        Assert.Matches(
            @"^Order 2 of 25\.00: -\d+\.\d\d, because a second purchase may have been the last$",
            EventsOf(Of(leaving, 1, first, second)).Single());
    }

    private static IEnumerable<string> EventsOf(ValueAttribution moves) =>
        moves.Moves.Where(m => m.Kind == ValueStepKind.Event).Select(m => m.Sentence);

    private static ValueAttribution Of(BuyTillYouDieModel model, int count, params CustomerEvent[] events) =>
        ValueAttribution.Of(model, events, Shop.Summer, Shop.Store, Shop.Day, Shop.Year, count);
}
