using System.Collections.Immutable;
using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Events;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Recommendations.Baskets;
using CsCheck;

namespace ClvOrleans.Recommendations.Tests.Baskets;

/// <summary>What is left of old behaviour gives every fold what the whole events gave it, as of every day.</summary>
public sealed class ReducedBehaviourTests
{
    private static readonly StoreSettings Store = new()
    {
        Id = new StoreId("shop"),
        TimeZone = TimeZoneInfo.FindSystemTimeZoneById("America/New_York"),
    };

    private static readonly DateTimeOffset Start = new(2024, 1, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly EventKind[] Kinds = Enum.GetValues<EventKind>();

    private static readonly Gen<CustomerEvent[]> Events =
        (from kind in Gen.Int[0, Kinds.Length - 1]
         from minute in Gen.Int[0, 30_000]
         from products in Gen.Int[0, 50].Array[0, 4]
         from with in Gen.Int[0, 255]
         select (kind, minute, products, with)).Array[1, 120].Select(
            all => all.Select((e, i) => EventOf(i, Kinds[e.kind], e.minute, e.products, e.with)).ToArray());

    [Fact]
    public void Reduced_events_fold_as_whole_ones_do_up_to_any_cut_and_as_of_any_day() => Gen.Select(Events, Gen.Int[0, 30_000]).Sample(
        (events, cut) =>
        {
            var limit = Start.AddMinutes(cut);
            CustomerEvent[] reduced =
                [.. events.Select(e => e.At < limit && Behaviour.Kinds.Contains(e.Kind) ? Behaviour.Reduce(e) : e)];
            Assert.Equal(CustomerState.Fold(events, Store).ToBytes(), CustomerState.Fold(reduced, Store).ToBytes());
            var (whole, less) = (CustomerBaskets.Fold(events, Store), CustomerBaskets.Fold(reduced, Store));
            Assert.Equal(BasketFormat.Write(whole.History), BasketFormat.Write(less.History));
            Assert.Equal(RecentFormat.Write(whole.Recent), RecentFormat.Write(less.Recent));
            var id = CustomerId.OfUser(Store.Id, "anna");
            var (past, lessPast) = (CustomerTimeline.Of(id, events, Store), CustomerTimeline.Of(id, reduced, Store));
            for (var day = Store.DayOf(Start); day <= Store.DayOf(Start.AddMinutes(30_000)); day = day.AddDays(1))
            {
                Assert.Equal(past.StateAt(day).ToBytes(), lessPast.StateAt(day).ToBytes());
            }
        }, iter: 100);

    [Fact]
    public void Searches_paths_names_and_prices_are_left_out()
    {
        var reduced = Behaviour.Reduce(EventOf(1, EventKind.ProductListViewed, 0, [1, 2], 0));
        Assert.Equal((null, null), (reduced.Name, reduced.Subject));
        Assert.Equal([new ProductLine(null, "c1"), new ProductLine(null, "c2")], reduced.Products);
        Assert.Equal([new ProductLine("p1", "c1")], Behaviour.Reduce(EventOf(1, EventKind.ProductViewed, 0, [1], 0)).Products);
    }

    [Theory]
    [InlineData(EventKind.OrderCompleted)]
    [InlineData(EventKind.OrderRefunded)]
    [InlineData(EventKind.Identified)]
    [InlineData(EventKind.Aliased)]
    [InlineData(EventKind.ProductReviewed)]
    [InlineData(EventKind.ConsentChanged)]
    [InlineData(EventKind.ListLeft)]
    [InlineData(EventKind.MessageBounced)]
    [InlineData(EventKind.Unsubscribed)]
    public void What_value_identity_or_the_law_need_is_kept_whole(EventKind kind)
    {
        Assert.DoesNotContain(kind, Behaviour.Kinds);
        Assert.Throws<ArgumentException>(() => Behaviour.Reduce(EventOf(1, kind, 0, [], 0)));
    }

    // Bits say what an event has beside its kind; some have an order although they are none.
    private static CustomerEvent EventOf(int number, EventKind kind, int minute, int[] products, int with) => new()
    {
        MessageId = $"m{number}",
        Source = "web",
        Kind = kind,
        At = Start.AddMinutes(minute),
        Name = "Something",
        Subject = $"s{number % 5}",
        Products = [.. products.Select(p => new ProductLine($"p{p}", p % 4 == 3 ? null : $"c{p % 4}", new Money(100 + p), 1 + (p % 3)))],
        Duration = (with & 1) != 0 ? 1_000 + number : null,
        Rating = kind == EventKind.ProductReviewed ? 400 : null,
        Campaign = (with & 2) != 0 ? $"google / cpc / {number}" : null,
        Traits = (with & 4) != 0 ? ImmutableSortedDictionary<string, string>.Empty.Add("plan", $"{number}") : null,
        Consents = (with & 8) != 0 ? ImmutableSortedDictionary<string, bool>.Empty.Add("email", number % 2 == 0) : null,
        Message = kind >= EventKind.MessageSent ? new MessageFacts("email") { Address = (with & 16) != 0 ? "a@example.com" : null } : null,
        IsStatement = (with & 96) == 96,
        Refund = kind == EventKind.OrderRefunded ? new RefundFacts($"o{number % 9}", new Money(10)) : null,
        Order = kind is EventKind.OrderCompleted or EventKind.OrderUpdated or EventKind.OrderCancelled || (with & 192) == 192
            ? new OrderFacts($"o{number % 9}", new Money(500))
            : null,
    };
}
