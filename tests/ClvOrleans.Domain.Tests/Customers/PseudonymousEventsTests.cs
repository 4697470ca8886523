using System.Collections.Immutable;
using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Events;
using ClvOrleans.Domain.Stores;

namespace ClvOrleans.Domain.Tests.Customers;

public sealed class PseudonymousEventsTests
{
    private static readonly Pseudonyms Known = new(new string('a', 64));

    [Fact]
    public void Ids_become_pseudonyms_and_amounts_and_what_the_shop_names_stay()
    {
        var e = Of(EventKind.OrderCompleted) with
        {
            Name = "Order Completed",
            Order = new OrderFacts("1001", new Money(2_250), Coupon: "SPRING"),
            Products = [new ProductLine("p-1", "mugs", new Money(1_125), 2)],
            Campaign = "google / cpc",
        };
        var kept = PseudonymousEvents.Of(e, Known);
        Assert.Equal(
            e with { MessageId = Known.OfMessage("m-1"), Order = e.Order! with { OrderId = Known.OfOrder("1001") } }, kept);
        Assert.Equal(kept, PseudonymousEvents.Of(kept, Known));
    }

    [Fact]
    public void Of_traits_those_that_many_people_share_stay_and_dates_lose_their_day()
    {
        var e = Of(EventKind.Identified) with
        {
            Traits = TraitNames.All.ToImmutableSortedDictionary(name => name, name => name switch
            {
                "email" => "Anna@example.com",
                "birthday" => "1984-03-27",
                "createdAt" => "2025-11-30T23:59:59.123Z",
                TraitNames.Zone or TraitNames.EventZone => "Europe/Berlin",
                _ => $"of Anna: {name}",
            }, StringComparer.Ordinal),
        };
        var kept = PseudonymousEvents.Of(e, Known);
        Assert.Equal(
            new SortedDictionary<string, string>(StringComparer.Ordinal)
            {
                ["birthday"] = "1984",
                ["contextTimezone"] = "Europe/Berlin",
                ["country"] = "of Anna: country",
                ["createdAt"] = "2025-11",
                ["email"] = Known.OfId("anna@example.com"),
                ["gender"] = "of Anna: gender",
                ["language"] = "of Anna: language",
                ["plan"] = "of Anna: plan",
                ["timezone"] = "Europe/Berlin",
            },
            kept.Traits!);
        Assert.Equal(kept.Traits!, PseudonymousEvents.Of(kept, Known).Traits!);
        var naming = ImmutableSortedDictionary<string, string>.Empty.Add("name", "Anna").Add("birthday", "in May");
        Assert.Null(PseudonymousEvents.Of(e with { Traits = naming }, Known).Traits);
    }

    [Theory]
    [InlineData(EventKind.PageViewed, null, null)]
    [InlineData(EventKind.ScreenViewed, null, "kept")]
    [InlineData(EventKind.ProductsSearched, "of the shop", null)]
    [InlineData(EventKind.PromotionClicked, "of the shop", "kept")]
    [InlineData(EventKind.ListJoined, "of the shop", "kept")]
    public void Titles_paths_and_searches_are_left_out(EventKind kind, string? name, string? subject)
    {
        var kept = PseudonymousEvents.Of(Of(kind) with { Name = "of the shop", Subject = "kept" }, Known);
        Assert.Equal((name, subject), (kept.Name, kept.Subject));
    }

    [Fact]
    public void A_message_keeps_this_services_delivery_and_no_address()
    {
        var delivery = new string('4', 32);
        var message = new MessageFacts("email", delivery, "anna@example.com", BounceKind.Hard);
        var kept = PseudonymousEvents.Of(Of(EventKind.MessageBounced) with { Message = message }, Known);
        Assert.Equal(new MessageFacts("email", delivery, Known.OfId("anna@example.com"), BounceKind.Hard), kept.Message);

        var foreign = PseudonymousEvents.Of(Of(EventKind.MessageOpened) with { Message = new MessageFacts("email", "to-anna") }, Known);
        Assert.Equal(new MessageFacts("email", Known.OfMessage("to-anna")), foreign.Message);
    }

    [Fact]
    public void A_group_and_the_order_of_a_refund_are_pseudonyms_too()
    {
        Assert.Equal(Known.OfGroup("anna-gmbh"), PseudonymousEvents.Of(Of(EventKind.Grouped) with { Name = "anna-gmbh" }, Known).Name);
        Assert.Equal(
            new RefundFacts(Known.OfOrder("1001"), new Money(100)),
            PseudonymousEvents.Of(Of(EventKind.OrderRefunded) with { Refund = new RefundFacts("1001", new Money(100)) }, Known).Refund);
        var credit = new RefundFacts(null, new Money(100));
        Assert.Equal(credit, PseudonymousEvents.Of(Of(EventKind.OrderRefunded) with { Refund = credit }, Known).Refund);
    }

    private static CustomerEvent Of(EventKind kind) =>
        new() { MessageId = "m-1", Source = "web", Kind = kind, At = new DateTimeOffset(2026, 2, 3, 4, 5, 6, TimeSpan.Zero) };
}
