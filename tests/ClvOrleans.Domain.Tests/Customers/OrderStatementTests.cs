using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Events;
using ClvOrleans.Domain.Stores;
using Xunit;

namespace ClvOrleans.Domain.Tests.Customers;

/// <summary>An export states how an order is now: the last statement holds, in any order of arrival, beside what events say.</summary>
public sealed class OrderStatementTests
{
    private static readonly StoreSettings Store = new() { Id = new StoreId("shop") };
    private static readonly DateTimeOffset Day = new(2025, 5, 1, 10, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(OrderStanding.Paid, 0, 100, true)]
    [InlineData(OrderStanding.Paid, 60, 40, true)]
    [InlineData(OrderStanding.Unpaid, 0, 0, false)]
    [InlineData(OrderStanding.Cancelled, 0, 0, false)]
    [InlineData(OrderStanding.Refunded, 0, 0, false)]
    public void A_standing_decides_what_counts(OrderStanding standing, int refunded, int net, bool isPurchase)
    {
        var order = Fold(State("a", 100, standing, refunded, 1));
        Assert.Equal((new Money(net), isPurchase), (order.Net, order.IsPurchase));
    }

    [Fact]
    public void Refunds_are_not_counted_twice_and_later_ones_are_added()
    {
        var refund = Refund("r1", 10, 1);
        var stated = State("a", 100, OrderStanding.Paid, 10, 2);
        Assert.Equal(new Money(90), Fold(refund, stated).Net);
        Assert.Equal(new Money(70), Fold(stated, Refund("r2", 20, 3), refund).Net);
        Assert.Equal(new Money(70), Fold(State("b", 100, OrderStanding.Paid, 30, 4), Refund("r2", 20, 3), refund, stated).Net);
    }

    [Fact]
    public void A_statement_stands_before_earlier_updates_and_keeps_what_it_does_not_say()
    {
        var completed = Completed("A", 80) with { Order = new OrderFacts("1", new Money(80), new Money(30), null, "SPRING") };
        var update = Completed("u", 90) with { Kind = EventKind.OrderUpdated, At = Day.AddDays(1) };
        var order = Fold(State("a", 100, OrderStanding.Paid, 0, 2), completed);
        Assert.Equal((new Money(100), new Money(30), "SPRING"), (order.Gross, order.Current!.Cost, order.Current.Coupon));
        Assert.Equal(new Money(100), Fold(update, State("a", 100, OrderStanding.Paid, 0, 2), completed).Gross);
        Assert.Equal(
            new Money(90), Fold(update with { At = Day.AddDays(3) }, State("a", 100, OrderStanding.Paid, 0, 2), completed).Gross);
    }

    [Fact]
    public void Every_order_of_arrival_gives_the_same_bytes()
    {
        CustomerEvent[] events =
        [
            State("a", 100, OrderStanding.Unpaid, 0, 5), State("b", 100, OrderStanding.Paid, 10, 1),
            State("c", 120, OrderStanding.Paid, 10, 3), State("d", 110, OrderStanding.Paid, 10, 3), Refund("r", 5, 4),
        ];
        var states = Permutations(events).Select(p => Convert.ToBase64String(CustomerState.Fold(p, Store).ToBytes())).Distinct().ToList();
        Assert.Single(states);
        Assert.Equal(new Money(110 - 15), Fold(events).Net);
    }

    private static Order Fold(params CustomerEvent[] events) => CustomerState.Fold(events, Store).Orders["1"];

    private static CustomerEvent Completed(string id, int value) => new()
    {
        MessageId = id,
        Source = "import",
        Kind = EventKind.OrderCompleted,
        At = Day,
        Order = new OrderFacts("1", new Money(value)),
    };

    private static CustomerEvent State(string id, int value, OrderStanding standing, int refunded, int importedOn) =>
        Completed(id, value) with { Statement = new OrderStatement(Day, standing, new Money(refunded), Day.AddDays(importedOn)) };

    private static CustomerEvent Refund(string id, int amount, int on) =>
        Completed(id, 0) with
        {
            Kind = EventKind.OrderRefunded,
            Order = null,
            At = Day.AddDays(on),
            Refund = new RefundFacts("1", new Money(amount)),
        };

    private static IEnumerable<CustomerEvent[]> Permutations(CustomerEvent[] events) => events.Length == 0
        ? [[]]
        : events.SelectMany((e, i) => Permutations([.. events[..i], .. events[(i + 1)..]]).Select(rest => (CustomerEvent[])[e, .. rest]));
}
