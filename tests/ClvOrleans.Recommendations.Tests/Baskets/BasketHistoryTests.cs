using System.Collections.Immutable;
using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Events;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Recommendations.Baskets;
using CsCheck;

namespace ClvOrleans.Recommendations.Tests.Baskets;

/// <summary>The live state is a function of the set of orders.</summary>
public sealed class BasketHistoryTests
{
    private static readonly StoreSettings Store = new() { Id = new StoreId("shop") };

    // More days than are kept, several orders of a day, and returns.
    private static readonly Gen<OrderedProducts[]> Orders =
        Gen.Select(Gen.Int[0, 160], Gen.Select(Gen.Int[0, 8], Gen.Int[1, 5]).Array[1, 4], Gen.Int[0, 9]).Select((day, lines, returned) =>
            Bought(day, [.. lines.DistinctBy(l => l.Item1).Select(l => ($"p{l.Item1}", l.Item2))]) with { IsReturned = returned == 0 })
            .Array[0, 250];

    [Fact]
    public void Any_order_of_arrival_gives_the_same_bytes() => Gen.Select(Orders, Gen.ULong).Sample((orders, seed) =>
    {
        var shuffled = orders.ToArray();
        new Random((int)(seed % int.MaxValue)).Shuffle(shuffled);
        return BasketFormat.Write(BasketHistory.Of(orders)).AsSpan().SequenceEqual(BasketFormat.Write(BasketHistory.Of(shuffled)));
    });

    [Fact]
    public void An_order_that_is_taken_back_leaves_what_it_would_have_been_without_it() => Gen.Select(Orders, Gen.Int[0, 1_000]).Sample(
        (orders, pick) =>
    {
        if (orders.Length == 0)
        {
            return true;
        }

        var (all, removed) = (BasketHistory.Of(orders), orders[pick % orders.Length]);
        OrderedProducts[] rest = [.. orders[..(pick % orders.Length)], .. orders[((pick % orders.Length) + 1)..]];
        var before = BasketFormat.Write(all);
        return all.TryRemove(removed)
            ? BasketFormat.Write(all).AsSpan().SequenceEqual(BasketFormat.Write(BasketHistory.Of(rest)))
            : all.IsTruncated && BasketFormat.Write(all).AsSpan().SequenceEqual(before);
    });

    [Fact]
    public void What_is_written_is_read_as_it_was() => Orders.Sample(orders =>
        BasketFormat.Write(BasketFormat.Read(BasketFormat.Write(BasketHistory.Of(orders)))).AsSpan()
            .SequenceEqual(BasketFormat.Write(BasketHistory.Of(orders))));

    [Fact]
    public void Bytes_are_as_they_were_written_once()
    {
        OrderedProducts[] orders =
        [
            Bought(3, [("tea", 2), ("cup", 1)]), Bought(3, [("tea", 1)]), Bought(40, [("süß", 300)]),
            Bought(41, [("cup", 1)]) with { IsReturned = true },
        ];
        Golden.Matches("baskets.txt", Convert.ToHexStringLower(BasketFormat.Write(BasketHistory.Of(orders))));
    }

    [Fact]
    public void Golden_bytes_mean_what_they_meant()
    {
        var history = BasketFormat.Read(Convert.FromHexString(Golden.Read("baskets.txt")));
        Assert.Equal([Day(3).DayNumber, Day(40).DayNumber], history.Days.Select(d => d.Key));
        Assert.Equal(new BasketLine(2, 3), history.Days[0].Value["tea"]);
        Assert.Equal(new BasketLine(1, 300), history.Days[1].Value["süß"]);
        Assert.Equal(1, history.Returned["cup"]);
        Assert.False(history.IsTruncated);
    }

    [Fact]
    public void Damaged_bytes_are_refused_and_say_what_to_do()
    {
        var bytes = Convert.FromHexString(Golden.Read("baskets.txt"));
        for (var length = 0; length < bytes.Length; length++)
        {
            Assert.Contains("fold", Refused(bytes[..length]), StringComparison.Ordinal);
        }

        bytes[0] = 9;
        Assert.StartsWith("Baskets of version 9 ", Refused(bytes), StringComparison.Ordinal);

        // A product whose name would have -1 bytes.
        Assert.Contains("fold", Refused([1, 0, 1, 0xFF, 0xFF, 0xFF, 0xFF, 0x0F]), StringComparison.Ordinal);

        static string Refused(byte[] bytes) => Assert.Throws<InvalidDataException>(() => BasketFormat.Read(bytes)).Message;
    }

    [Fact]
    public void A_customer_of_a_hundred_baskets_of_six_takes_a_few_kilobytes()
    {
        var history = BasketHistory.Of(Enumerable.Range(0, 100).Select(d =>
            Bought(7 * d, [.. Enumerable.Range(0, 6).Select(i => ($"product-{((d * 5) + i) % 80}", 1))])));
        Assert.InRange(BasketFormat.Write(history).Length, 1_000, 3_500);
    }

    [Fact]
    public void An_order_that_was_not_added_cannot_be_taken_back()
    {
        var history = BasketHistory.Of([Bought(1, [("tea", 1)])]);
        Assert.Throws<ArgumentException>(() => history.TryRemove(Bought(1, [("tea", 2)])));
        Assert.Throws<ArgumentException>(() => history.TryRemove(Bought(2, [("tea", 1)])));
        Assert.Throws<ArgumentException>(() => history.TryRemove(Bought(1, [("tea", 1)]) with { IsReturned = true }));
    }

    [Fact]
    public void Orders_are_read_as_they_stand_bought_returned_or_neither()
    {
        ProductLine[] lines = [new("tea", "hot", new Money(500), 2), new("tea", "hot", null, 1), new(null), new("cup", null, null, 0)];
        var order = new Order { Completed = Version(lines) };
        Assert.Equal([KeyValuePair.Create("tea", 3)], OrderedProducts.Of(order, Store)!.Units);
        Assert.False(OrderedProducts.Of(order, Store)!.IsReturned);

        order.Refunds[new EventKey("s", "r")] = new OrderRefund(Day(2).ToDateTime(default), null);
        Assert.True(OrderedProducts.Of(order, Store)!.IsReturned);

        order.CancelledAt = Day(2).ToDateTime(default);
        Assert.Null(OrderedProducts.Of(order, Store));
        Assert.Null(OrderedProducts.Of(new Order(), Store));
        Assert.Null(OrderedProducts.Of(new Order { Completed = Version() }, Store));
    }

    [Fact]
    public void A_refund_that_names_products_says_that_they_were_sent_back()
    {
        var refund = new CustomerEvent
        {
            MessageId = "r",
            Source = "s",
            Kind = EventKind.OrderRefunded,
            At = new(2026, 1, 5, 0, 0, 0, TimeSpan.Zero),
            Products = [new("tea")],
        };
        Assert.Equal(["tea"], BasketHistory.Of([OrderedProducts.OfRefund(refund, Store)!]).Returned.Keys);
        Assert.Null(OrderedProducts.OfRefund(refund with { Products = [] }, Store));
        Assert.Null(OrderedProducts.OfRefund(refund with { Kind = EventKind.OrderCompleted }, Store));
    }

    internal static OrderedProducts Bought(int day, (string Product, int Units)[] lines) =>
        new(Day(day), lines.ToImmutableSortedDictionary(l => l.Product, l => l.Units, StringComparer.Ordinal));

    internal static DateOnly Day(int day) => new DateOnly(2026, 1, 1).AddDays(day);

    private static OrderVersion Version(params ProductLine[] lines) => new(
        new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.Zero), new EventKey("s", "1"), new Money(1_000), null, null, null, [.. lines]);
}
