using System.Text.Json;
using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Events;
using CsCheck;

namespace ClvOrleans.Domain.Tests.Customers;

public sealed class AsOfSnapshotsTests
{
    private static readonly CustomerId Ada = CustomerId.OfUser(CustomerStateTests.Store.Id, "ada");
    private static readonly DateOnly First = CustomerStateTests.Store.DayOf(CustomerStateTests.Start.AddHours(12));

    [Fact]
    public void Folding_once_and_looking_as_each_day_ends_equals_folding_anew_up_to_each_day() =>
        (from events in CustomerStateTests.AnyEvent.List[0, 60]
         from days in Gen.Int[-2, 15].List[1, 6]
         select (events, days: days.Distinct().Order().Select(First.AddDays).ToArray())).Sample(t =>
         {
             var packed = Pack(t.events, [.. t.days]);
             var anew = t.days.Select(day => Anew(t.events, day)).ToArray();
             return t.days.Zip(anew).All(d => Written(packed?.At(d.First)?.Summary) == Written(d.Second))
                 && t.days.Zip(anew).All(d => Written(Timeline(t.events).At(d.First)?.Summary) == Written(d.Second))
                 && t.days.Zip(anew).All(d => Written(packed?.At(t.days[^1])?.Until(d.First)?.Summary) == Written(d.Second))
                 && (packed?.HasBought ?? false) == anew.Any(s => s is { PurchaseDays.IsEmpty: false });
         });

    [Fact]
    public void A_day_without_events_since_the_day_before_it_costs_nothing()
    {
        var packed = Pack([Order("a", 1), Order("b", 5)], [.. Enumerable.Range(0, 10).Select(First.AddDays)])!;

        Assert.Equal([First.AddDays(1), First.AddDays(5)], packed.Days.Select(d => d.Day));
        Assert.Null(packed.At(First));
        Assert.Equal([1, 1, 1, 1, 2, 2, 2, 2, 2], Enumerable.Range(1, 9).Select(day => packed.At(First.AddDays(day))!.Summary.Orders));
    }

    // Of these the customer was not seen.
    [Fact]
    public void Messages_and_consents_of_later_days_are_not_known_as_of_an_earlier_one()
    {
        CustomerEvent[] events =
        [
            Order("a", 1),
            Order("sent", 3) with { Kind = EventKind.MessageSent, Order = null, Message = new MessageFacts("email") },
            Order("said", 5) with
            {
                Kind = EventKind.ConsentChanged,
                Order = null,
                Consents = System.Collections.Immutable.ImmutableSortedDictionary<string, bool>.Empty.Add("email", true),
            },
        ];
        DateOnly[] days = [First.AddDays(2), First.AddDays(4), First.AddDays(9)];
        var packed = Pack(events, days)!;
        foreach (var last in (AsOfSnapshot[])[packed.At(First.AddDays(9))!, Timeline(events).At(First.AddDays(9))!])
        {
            Assert.Equal((1, 1), (last.Summary.Messages!["email"].Sent, last.Summary.Consents.Count));
            Assert.Equal(
                [("", 0), ("email", 0), ("email", 1)],
                days.Select(day => last.Until(day)!.Summary)
                    .Select(s => (string.Concat(s.Messages?.Keys ?? []), s.Consents.Count)));
        }
    }

    [Fact]
    public void Nobody_is_packed_whose_events_are_all_later() =>
        Assert.Null(Pack([Order("a", 3)], [First, First.AddDays(2)]));

    [Fact]
    public void An_order_that_was_cancelled_between_the_days_leaves_a_customer_who_has_bought_by_one_of_them()
    {
        var cancelled = Order("a", 3) with { MessageId = "cancel", Kind = EventKind.OrderCancelled };
        var packed = Pack([Order("a", 1), cancelled], [First.AddDays(2), First.AddDays(4)])!;

        Assert.True(packed.HasBought);
        Assert.NotEmpty(packed.At(First.AddDays(2))!.Summary.PurchaseDays);
        Assert.Empty(packed.At(First.AddDays(4))!.Summary.PurchaseDays);
    }

    [Fact]
    public void Damaged_snapshots_are_refused()
    {
        var packed = Pack([Order("a", 1), Order("b", 5)], [First.AddDays(9)])!;

        Assert.Throws<JsonException>(() => (packed with { Packed = packed.Packed[..^4] }).At(First.AddDays(9)));
    }

    private static CustomerTimeline Timeline(IEnumerable<CustomerEvent> events) =>
        CustomerTimeline.Of(Ada, events, CustomerStateTests.Store);

    private static AsOfSnapshots? Pack(IEnumerable<CustomerEvent> events, params DateOnly[] days) => Timeline(events).Pack([.. days]);

    private static CustomerSummary? Anew(IEnumerable<CustomerEvent> events, DateOnly day)
    {
        var known = events.DistinctBy(e => e.Key).Where(e => CustomerStateTests.Store.DayOf(e.At) <= day).ToArray();
        return known.Length == 0 ? null : CustomerSummary.Of(CustomerState.Fold(known, CustomerStateTests.Store), CustomerStateTests.Store);
    }

    private static string Written(CustomerSummary? summary) =>
        summary is null ? "" : JsonSerializer.Serialize(summary, DomainJson.Default.CustomerSummary);

    private static CustomerEvent Order(string order, int day) => new()
    {
        MessageId = order,
        Source = "web",
        Kind = EventKind.OrderCompleted,
        At = CustomerStateTests.Start.AddDays(day).AddHours(12),
        Order = new OrderFacts(order, new Money(1_000)),
    };
}
