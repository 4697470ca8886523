using System.Collections.Immutable;
using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Events;
using ClvOrleans.Domain.Stores;
using CsCheck;

namespace ClvOrleans.Domain.Tests.Customers;

public sealed class CustomerStateTests
{
    internal static readonly StoreSettings Store =
        new() { Id = new StoreId("shop"), TimeZone = TimeZoneInfo.FindSystemTimeZoneById("America/New_York") };
    internal static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    internal static readonly Gen<CustomerEvent> AnyEvent =
        from number in Gen.Int[0, 10_000]
        from source in Gen.Bool.Select(b => b ? "web" : "server")
        from kind in Gen.Enum<EventKind>()
        from minute in Gen.Int[0, 20_000]
        from order in Gen.Int[0, 3]
        from minor in Gen.Long[0, 5_000]
        from full in Gen.Bool
        from stated in Gen.Bool
        select new CustomerEvent
        {
            MessageId = $"m{number}",
            Source = source,
            Kind = kind,
            At = Start.AddMinutes(minute / 100 * 100),
            Order = kind is EventKind.OrderCompleted or EventKind.OrderUpdated or EventKind.OrderCancelled
                ? new OrderFacts($"o{order}", new Money(minor), full ? new Money(minor / 2) : null)
                : null,
            Statement = stated && kind is EventKind.OrderCompleted or EventKind.OrderUpdated
                ? new OrderStatement(Start.AddMinutes(number % 3), full
                    ? OrderStanding.Paid
                    : (OrderStanding)(number % 4), new Money(number), Start.AddMinutes(minor))
                : null,
            IsStatement = stated && kind != EventKind.OrderCompleted,
            Refund = kind == EventKind.OrderRefunded ? new RefundFacts($"o{order}", full ? null : new Money(minor)) : null,
            Products = [new ProductLine($"p{order}", $"c{number % 5}", new Money(minor))],
            Rating = kind == EventKind.ProductReviewed && full ? number % 500 : null,
            TextRating = kind == EventKind.ProductReviewed && !full && stated ? number % 500 : null,
            Campaign = full ? $"k{order}" : null,
            Subject = kind is EventKind.ListJoined or EventKind.ListLeft ? $"l{order}" : null,
            Consents = number % 3 == 0 ? ImmutableSortedDictionary<string, bool>.Empty.Add($"p{order}", full) : null,
            Message = kind is >= EventKind.MessageSent and <= EventKind.Unsubscribed
                ? new MessageFacts("email", null, stated ? $"a{order}@b.example" : null, (BounceKind)(number % 2), full)
                : null,
        };

    [Fact]
    public void Any_order_of_the_same_events_gives_the_same_bytes() =>
        (from events in AnyEvent.List[0, 60]
         let distinct = events.DistinctBy(e => e.Key).ToArray()
         from shuffled in Gen.Shuffle(distinct)
         select (distinct, shuffled)).Sample(t =>
            CustomerState.Fold(t.distinct, Store).ToBytes().AsSpan().SequenceEqual(CustomerState.Fold(t.shuffled, Store).ToBytes()));

    [Fact]
    public void A_state_that_was_written_and_read_in_between_folds_on_to_the_same_bytes() =>
        AnyEvent.List[2, 60].Select(l => l.DistinctBy(e => e.Key).ToArray()).Sample(events =>
        {
            var restarted = CustomerState.FromBytes(CustomerState.Fold(events.Take(events.Length / 2), Store).ToBytes());
            foreach (var e in events.Skip(events.Length / 2))
            {
                restarted.Apply(e, Store);
            }

            return restarted.ToBytes().AsSpan().SequenceEqual(CustomerState.Fold(events, Store).ToBytes());
        });

    [Fact]
    public void Net_value_lies_between_nothing_and_gross() => AnyEvent.List[0, 60].Sample(events =>
    {
        var summary = CustomerSummary.Of(CustomerState.Fold(events.DistinctBy(e => e.Key), Store), Store);
        return summary.Net >= Money.Zero && summary.Net <= summary.Gross;
    });

    [Fact]
    public void A_refund_that_comes_before_its_order_leaves_nothing()
    {
        var summary = Summarise(Refund("r", "1", null, 5), Order("o", "1", 2_500, 0));
        Assert.Equal(Money.Zero, summary.Net);
        Assert.Empty(summary.PurchaseDays);
    }

    [Fact]
    public void A_refund_above_the_order_takes_the_order_only()
    {
        var summary = Summarise(Order("a", "1", 2_500, 0), Order("b", "2", 1_000, 0), Refund("r", "1", 1_000_000, 1));
        Assert.Equal(new Money(1_000), summary.Net);
    }

    [Fact]
    public void Orders_of_one_local_day_are_one_occasion()
    {
        // 03:00 and 23:00 UTC of 2 January are 1 and 2 January in New York.
        var summary = Summarise(Order("a", "1", 100, 27), Order("b", "2", 100, 47), Order("c", "3", 100, 30));
        Assert.Equal([1, 2], summary.PurchaseDays.Select(d => d.Orders));
    }

    [Fact]
    public void An_order_counts_once_whatever_its_message_ids()
    {
        var summary = Summarise(Order("a", "1", 2_500, 0), Order("b", "1", 2_500, 1));
        Assert.Equal((1, new Money(2_500)), (summary.Orders, summary.Net));
    }

    [Fact]
    public void The_last_rating_is_that_of_the_latest_review_with_stars_or_a_score_of_its_words()
    {
        CustomerEvent[] reviews = [Review("c", 3), Review("a", 1) with { Rating = 500 }, Review("b", 2) with { TextRating = 140 }];
        var summary = Summarise(reviews);
        Assert.Equal((320, 140, 3), (summary.MeanRating, summary.LastRating, summary.Counts[EventKind.ProductReviewed]));

        // A rating outranks a score, and as of a day nothing is known of later reviews.
        Assert.Equal(100, Summarise(Review("d", 4) with { Rating = 100, TextRating = 500 }).LastRating);
        var timeline = CustomerTimeline.Of(CustomerId.OfUser(Store.Id, "anna"), reviews, Store);
        var first = timeline.At(Store.DayOf(reviews[1].At))!.Summary;
        Assert.Equal((500, 500, 1), (first.MeanRating, first.LastRating, first.Counts[EventKind.ProductReviewed]));

        CustomerEvent Review(string message, int days) =>
            new() { MessageId = message, Source = "web", Kind = EventKind.ProductReviewed, At = Start.AddDays(days) };
    }

    [Fact]
    public void The_words_of_a_review_change_nothing_that_is_folded()
    {
        var review = Order("r", "1", 1, 0) with { Kind = EventKind.ProductReviewed, Order = null, Rating = 300 };
        Assert.Equal(
            CustomerState.Fold([review], Store).ToBytes(),
            CustomerState.Fold([review with { ReviewText = "Good enough." }], Store).ToBytes());
    }

    private static CustomerSummary Summarise(params CustomerEvent[] events) => CustomerSummary.Of(CustomerState.Fold(events, Store), Store);

    private static CustomerEvent Order(string message, string order, long minor, int hour) => new()
    {
        MessageId = message,
        Source = "web",
        Kind = EventKind.OrderCompleted,
        At = Start.AddHours(hour),
        Order = new OrderFacts(order, new Money(minor)),
    };

    private static CustomerEvent Refund(string message, string order, long? minor, int hour) => new()
    {
        MessageId = message,
        Source = "web",
        Kind = EventKind.OrderRefunded,
        At = Start.AddHours(hour),
        Refund = new RefundFacts(order, minor is { } m ? new Money(m) : null),
    };
}
