using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Events;

namespace ClvOrleans.Domain.Tests.Customers;

public sealed class ShopStatementTests
{
    private static readonly CustomerEvent Placed = new()
    {
        MessageId = "placed",
        Source = "shop",
        Kind = EventKind.OrderCompleted,
        At = CustomerStateTests.Start,
        Order = new OrderFacts("1", new Money(1_000)),
    };

    [Fact]
    public void The_latest_statement_gives_value_and_refund_whenever_it_arrives()
    {
        var (early, late) = (Stated("s1", 1, 1_000, 0), Stated("s2", 2, 900, 200));
        Assert.Equal(new Money(700), Summarise(Placed, late, early).Net);
        Assert.Equal(new Money(700), Summarise(early, late, Placed).Net);
    }

    [Fact]
    public void A_statement_includes_the_refunds_before_it_and_not_those_after_it()
    {
        Assert.Equal(new Money(800), Summarise(Placed, Refund("r1", 1, 200), Stated("s", 2, 1_000, 200)).Net);
        Assert.Equal(new Money(700), Summarise(Placed, Stated("s", 2, 1_000, 200), Refund("r2", 3, 100)).Net);
    }

    [Fact]
    public void An_order_that_was_stated_not_to_count_may_be_stated_to_count_again()
    {
        var (cancelled, restored) = (Stated("s1", 1, 1_000, 0, OrderStanding.Cancelled), Stated("s2", 2, 1_000, 0));
        Assert.Equal(0, Summarise(Placed, cancelled).Orders);
        Assert.Equal((1, new Money(1_000)), (Summarise(Placed, restored, cancelled).Orders, Summarise(Placed, restored, cancelled).Net));
    }

    [Fact]
    public void Of_one_second_the_statement_that_it_is_paid_and_then_the_greater_refund_is_the_later_one()
    {
        var unpaid = Stated("z", 1, 1_000, 0, OrderStanding.Unpaid);
        Assert.Equal(new Money(600), Summarise(Placed, Stated("b", 1, 1_000, 0), Stated("a", 1, 1_000, 400), unpaid).Net);
    }

    [Fact]
    public void An_update_after_the_statement_gives_the_value()
    {
        var updated = Placed with
        {
            MessageId = "u",
            Kind = EventKind.OrderUpdated,
            At = Placed.At.AddHours(3),
            Order = new OrderFacts("1", new Money(1_200)),
        };
        Assert.Equal(new Money(1_000), Summarise(Placed, updated, Stated("s", 2, 1_200, 200)).Net);
        Assert.Equal(new Money(1_200), Summarise(Placed, updated, Stated("s", 2, 1_000, 0)).Net);
    }

    [Fact]
    public void The_words_of_a_shop_are_no_activity_of_the_customer()
    {
        var (before, after) = (Summarise(Placed), Summarise(Placed, Stated("s", 24 * 300, 1_000, 0)));
        Assert.Equal((before.LastSeen, before.Sessions, before.Weeks.Length), (after.LastSeen, after.Sessions, after.Weeks.Length));
        Assert.Equal(before.Counts, after.Counts);
    }

    [Fact]
    public void A_customer_of_whom_only_the_shop_has_spoken_was_seen_then()
    {
        var summary = Summarise(new CustomerEvent
        {
            MessageId = "c",
            Source = "shop",
            Kind = EventKind.Identified,
            At = CustomerStateTests.Start.AddHours(12),
            IsStatement = true,
        });
        Assert.Equal((new DateOnly(2026, 1, 1), new DateOnly(2026, 1, 1)), (summary.FirstSeen, summary.LastSeen));
    }

    private static CustomerSummary Summarise(params CustomerEvent[] events) =>
        CustomerSummary.Of(CustomerState.Fold(events, CustomerStateTests.Store), CustomerStateTests.Store);

    private static CustomerEvent Stated(string message, int hour, long value, long refunded, OrderStanding standing = OrderStanding.Paid) =>
        Placed with
        {
            MessageId = message,
            Kind = EventKind.OrderUpdated,
            At = Placed.At.AddHours(hour),
            IsStatement = true,
            Order = new OrderFacts("1", new Money(value)),
            Statement = new OrderStatement(Placed.At.AddHours(hour), standing, new Money(refunded), Placed.At.AddHours(hour)),
        };

    private static CustomerEvent Refund(string message, int hour, long minor) => Placed with
    {
        MessageId = message,
        Kind = EventKind.OrderRefunded,
        At = Placed.At.AddHours(hour),
        Order = null,
        Refund = new RefundFacts("1", new Money(minor)),
    };
}
