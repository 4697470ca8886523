using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Training.Histories;
using Xunit;

namespace ClvOrleans.Training.Tests.Backtests;

public sealed class StoreHistoryTests
{
    [Fact]
    public void An_earlier_history_is_as_if_nothing_had_come_after_it()
    {
        var shop = new Shop().Order("a", 1, 1_000).Order("a", 5, 2_000).View("b", 2).Order("b", 9, 500).Credit("a", 7, 300)
            .Order("c", 8, 100);
        var earlier = shop.Until(10).Until(Shop.Day(5));
        var known = shop.Until(5);

        Assert.Equal(["a", "b"], earlier.Customers.Select(c => c.Id.Id));
        Assert.Equal(["a"], earlier.Buyers.Select(c => c.Id.Id));
        Assert.Equal(known.Customers.Select(c => c.Events.Length), earlier.Customers.Select(c => c.Events.Length));
        Assert.Equal(known.Customers.Select(Bytes), earlier.Customers.Select(Bytes));
        Assert.Throws<ArgumentOutOfRangeException>(() => earlier.Until(Shop.Day(6)));

        static byte[] Bytes(AsOfSnapshot c) => CustomerState.Fold(c.Events, Shop.Settings).ToBytes();
    }

    [Fact]
    public void A_cancellation_that_comes_later_does_not_reach_back()
    {
        var whole = new Shop().Order("a", 1, 1_000, "x").Cancel("a", 6, "x").Order("a", 7, 400).Until(10);
        var past = whole.Until(Shop.Day(5));

        Assert.Equal(new Money(1_000), past.Buyers[0].Summary.Gross);
        Assert.Equal([new HoldoutOutcome(new Money(400), 1)], whole.OutcomesOf(past, ValueKind.Gross));
    }

    [Fact]
    public void Gross_net_and_margin_count_orders_credits_and_costs_of_the_window_alone()
    {
        // 30 % margin by default. The credit of day 3 belongs to the past; that of day 8 takes 250 of the 1,000 bought after day 5.
        var whole = new Shop().Order("a", 1, 1_000).Credit("a", 3, 200).Order("a", 7, 600).Order("a", 7, 400).Credit("a", 8, 250)
            .Order("a", 9, 0).Order("a", 11, 5_000).Until(11);
        var past = whole.Until(Shop.Day(5));
        var known = whole.Until(Shop.Day(10));

        Assert.Equal([new HoldoutOutcome(new Money(1_000), 1)], known.OutcomesOf(past, ValueKind.Gross));
        Assert.Equal([new HoldoutOutcome(new Money(750), 1)], known.OutcomesOf(past, ValueKind.Net));
        Assert.Equal([new HoldoutOutcome(new Money(225), 1)], known.OutcomesOf(past, ValueKind.Margin));
    }

    [Fact]
    public void Credits_beyond_what_was_bought_leave_nothing_rather_than_less()
    {
        var whole = new Shop().Order("a", 1, 1_000).Credit("a", 8, 900).Until(10);

        Assert.Equal([new HoldoutOutcome(Money.Zero, 0)], whole.OutcomesOf(whole.Until(Shop.Day(5)), ValueKind.Net));
    }

    [Fact]
    public void Any_order_of_arrival_and_any_repetition_gives_the_same_history()
    {
        var shop = new Shop().Order("b", 4, 700).Order("a", 1, 1_000).Order("a", 3, 2_000);
        var events = shop.Until(9).Customers.SelectMany(c => c.Events.Select(e => (c.Id, e))).ToList();
        var again = StoreHistory.Of(events.Concat(events).Reverse(), Shop.Settings, Shop.Day(9));

        Assert.Equal(["a", "b"], again.Customers.Select(c => c.Id.Id));
        Assert.Equal(events.Select(e => e.e.Key), again.Customers.SelectMany(c => c.Events).Select(e => e.Key));
    }

    [Fact]
    public void The_CDNOW_sample_has_its_published_customers_and_purchases()
    {
        // Fader, Hardie and Lee 2005: 2,357 customers, 1,882 purchases and $70,976.39 in weeks 40 to 78; 8 of them have only free orders.
        var whole = Shop.CdnowSample();
        var past = whole.Until(new DateOnly(1997, 9, 30));
        var outcomes = whole.OutcomesOf(past, ValueKind.Gross);

        Assert.Equal((2_357, 2_349), (past.Customers.Length, past.Buyers.Length));
        Assert.Equal((1_882, 7_097_639L), (outcomes.Sum(o => o.Orders), outcomes.Sum(o => (long)o.Value.Minor)));
    }
}
