using System.Collections.Immutable;
using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Events;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Recommendations.Baskets;
using CsCheck;

namespace ClvOrleans.Recommendations.Tests.Baskets;

/// <summary>The live state that goes on event by event is what a fold of all orders at once says.</summary>
public sealed class CustomerBasketsTests
{
    private static readonly StoreSettings Store = new() { Id = new StoreId("shop") };
    private static readonly DateTimeOffset Start = new(2024, 1, 1, 12, 0, 0, TimeSpan.Zero);

    // 150 orders on 200 days, so that days are dropped and come back; updates, refunds with and without products, cancellations, views.
    private static readonly Gen<CustomerEvent[]> Events =
        (from kind in Gen.Int[0, 9]
         from order in Gen.Int[0, 150]
         from day in Gen.Int[0, 200]
         from products in Gen.Int[0, 12].Array[0, 4]
         select (kind, order, day, products)).Array[0, 400].Select(
            all => all.Select((e, i) => EventOf(i, e.kind, e.order, e.day, e.products)).ToArray());

    [Fact]
    public void Any_order_of_events_gives_what_the_orders_say_at_last() => Gen.Select(Events, Gen.Int).Sample(
        (events, seed) =>
    {
        var shuffled = events.ToArray();
        new Random(seed).Shuffle(shuffled);
        var live = CustomerBaskets.Fold(shuffled, Store);
        var orders = CustomerState.Fold(events, Store).Orders.Values.Select(o => OrderedProducts.Of(o, Store));
        var expected = BasketHistory.Of(
            orders.Concat(events.Select(e => OrderedProducts.OfRefund(e, Store))).OfType<OrderedProducts>());
        var recent = new RecentItems();
        foreach (var e in events)
        {
            recent.Add(e);
        }

        return BasketFormat.Write(live.History).AsSpan().SequenceEqual(BasketFormat.Write(expected))
            && live.Recent.Items.SequenceEqual(recent.Items);
    }, iter: 300);

    [Fact]
    public void Recent_items_are_read_as_they_were_written() => Events.Sample(events =>
    {
        var recent = CustomerBaskets.Fold(events, Store).Recent;
        return RecentFormat.Read(RecentFormat.Write(recent)).Items.SequenceEqual(recent.Items);
    }, iter: 100);

    [Fact]
    public void Bytes_of_recent_items_are_as_they_were_written_once_and_damaged_ones_are_refused()
    {
        var recent = new RecentItems();
        recent.Add(new RecentItem("tea", 1_700_000_000, Interest.Viewed));
        recent.Add(new RecentItem("süß", 1_700_000_100, Interest.InCart));
        var bytes = RecentFormat.Write(recent);
        Golden.Matches("recent.txt", Convert.ToHexStringLower(bytes));
        Assert.Equal(recent.Items, RecentFormat.Read(Convert.FromHexString(Golden.Read("recent.txt"))).Items);
        Assert.All(Enumerable.Range(0, bytes.Length), n => Assert.Throws<InvalidDataException>(() => RecentFormat.Read(bytes[..n])));

        // A product whose name would have -1 bytes.
        Assert.Throws<InvalidDataException>(() => RecentFormat.Read([1, 1, 0xFF, 0xFF, 0xFF, 0xFF, 0x0F]));
    }

    private static CustomerEvent EventOf(int number, int kind, int order, int day, int[] products)
    {
        ImmutableArray<ProductLine> lines = [.. products.Select(p => new ProductLine($"p{p}", null, new Money(100), 1 + (p % 3)))];
        var e = new CustomerEvent
        {
            MessageId = $"m{number}",
            Source = "web",
            Kind = EventKind.ProductViewed,
            At = Start.AddDays(day).AddSeconds(order),
            Products = lines,
        };
        return kind switch
        {
            0 => e,
            1 => e with { Kind = EventKind.ProductAdded },
            2 => e with { Kind = EventKind.OrderRefunded, Refund = new RefundFacts($"o{order}", null) },
            3 => e with { Kind = EventKind.OrderRefunded, Refund = new RefundFacts($"o{order}", new Money(1)), Products = [] },
            4 => e with { Kind = EventKind.OrderCancelled, Order = new OrderFacts($"o{order}"), Products = [] },
            5 => e with { Kind = EventKind.OrderUpdated, Order = new OrderFacts($"o{order}", new Money(700)) },
            _ => e with { Kind = EventKind.OrderCompleted, Order = new OrderFacts($"o{order}", new Money(500)) },
        };
    }
}
