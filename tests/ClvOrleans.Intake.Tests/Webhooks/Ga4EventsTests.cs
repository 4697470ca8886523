using System.Text;
using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Events;
using ClvOrleans.Intake.Rules;
using ClvOrleans.Intake.Tracking;
using ClvOrleans.Intake.Webhooks;

namespace ClvOrleans.Intake.Tests.Webhooks;

public sealed class Ga4EventsTests
{
    [Fact]
    public void The_samples_are_an_order_and_its_refund()
    {
        var events = Read(Sample("ga4-mp-purchase.json")).Concat(Read(Sample("ga4-mp-refund.json"))).ToList();
        Assert.Equal(("c:cust-1", "v:123456.7654321"), (events[0].Subject.ToText(), events[0].Visitor?.ToText()));
        Assert.Equal(new DateTimeOffset(2026, 2, 3, 4, 5, 6, 789, TimeSpan.Zero), events[0].Event.At);
        Assert.Equal([new ProductLine("MUG-1", "Kitchen", new Money(1_250), 2)], events[0].Event.Products);
        Assert.All(events, e => Assert.Empty(e.Notes));
        var summary = CustomerSummary.Of(Called.Fold(events), Called.Store);
        Assert.Equal((1, new Money(1_000)), (summary.Orders, summary.Net));
    }

    [Theory]
    [InlineData("purchase", EventKind.OrderCompleted)]
    [InlineData("refund", EventKind.OrderRefunded)]
    [InlineData("view_item", EventKind.ProductViewed)]
    [InlineData("view_item_list", EventKind.ProductListViewed)]
    [InlineData("select_item", EventKind.ProductClicked)]
    [InlineData("add_to_cart", EventKind.ProductAdded)]
    [InlineData("remove_from_cart", EventKind.ProductRemoved)]
    [InlineData("view_cart", EventKind.CartViewed)]
    [InlineData("add_to_wishlist", EventKind.WishlistAdded)]
    [InlineData("begin_checkout", EventKind.CheckoutStarted)]
    [InlineData("add_shipping_info", EventKind.CheckoutStepCompleted)]
    [InlineData("add_payment_info", EventKind.PaymentInfoEntered)]
    [InlineData("view_promotion", EventKind.PromotionViewed)]
    [InlineData("select_promotion", EventKind.PromotionClicked)]
    [InlineData("search", EventKind.ProductsSearched)]
    [InlineData("share", EventKind.ProductShared)]
    [InlineData("page_view", EventKind.PageViewed)]
    [InlineData("session_start", EventKind.Activity)]
    public void Each_name_is_the_event_that_it_means(string name, EventKind kind) => Assert.Equal(
        kind,
        Assert.Single(
            Read("""{"client_id":"1.2","events":[{"name":"NAME","params":{"transaction_id":"1","value":5}}]}""".Replace(
                "NAME", name, StringComparison.Ordinal))).Event.Kind);

    [Fact]
    public void The_same_again_is_known_where_it_says_when_it_happened_or_which_transaction_it_is()
    {
        foreach (var body in (string[])[
            """{"client_id":"1.2","events":[{"name":"purchase","params":{"transaction_id":"1","value":5}}]}""",
            """{"client_id":"1.2","events":[{"name":"refund","params":{"transaction_id":"1","value":5}}]}""",
            """{"client_id":"1.2","timestamp_micros":1770091506789000,"events":[{"name":"view_item"},{"name":"view_item"}]}"""])
        {
            Assert.Equal(Read(body).Select(e => e.Event.Key), Read(body).Select(e => e.Event.Key));
            Assert.Equal(Read(body).Count, Read(body).Select(e => e.Event.Key).Distinct().Count());
        }
    }

    [Theory]
    [InlineData("", "invalid_json")]
    [InlineData("[]", "invalid_body")]
    [InlineData("{}", "missing_events")]
    [InlineData("""{"events":[]}""", "missing_events")]
    public void A_body_without_events_is_refused(string body, string code) =>
        Assert.Equal(code, Assert.Throws<RefusedException>(() => Ga4Events.Read(Encoding.UTF8.GetBytes(body))).Code);

    [Theory]
    [InlineData("""{"events":[{"name":"view_item"}]}""", "missing_user_id")]
    [InlineData("""{"client_id":"1.2","events":[{"name":"purchase","params":{"value":5}}]}""", "missing_order_id")]
    [InlineData("""{"client_id":"1.2","events":[{"name":"purchase","params":{"transaction_id":"1"}}]}""", "missing_order_value")]
    [InlineData("""{"client_id":"1.2","events":[{}]}""", "invalid_event_name")]
    [InlineData("""{"client_id":"1.2","events":[7]}""", "invalid_event_name")]
    [InlineData("""{"client_id":"1.2","timestamp_micros":"soon","events":[{"name":"view_item"}]}""", "invalid_time")]
    public void An_event_that_cannot_count_is_refused_by_the_rules_of_all_events(string body, string code) =>
        Assert.Equal(code, Assert.Throws<RefusedException>(() => Read(body)).Code);

    private static List<ReadEvent> Read(string body)
    {
        var (batch, number) = (Ga4Events.Read(Encoding.UTF8.GetBytes(body)), 0);
        return [.. batch.Events.Select(e => EventReader.Read(e, batch, Called.Store, "ga4", Called.Now, () => $"new-{number++}"))];
    }

    private static string Sample(string name) => File.ReadAllText(SharedData.Find(Path.Combine("fixtures", "samples", name)));
}
