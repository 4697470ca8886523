using ClvOrleans.Domain.Currencies;

namespace ClvOrleans.Intake.Tests.Webhooks;

public sealed class WooCommerceWebhooksTests
{
    [Fact]
    public void The_sample_counts_its_total_less_tax_and_shipping()
    {
        var call = Called.Woo(
            "order.created", File.ReadAllText(SharedData.Find(Path.Combine("fixtures", "samples", "woocommerce-order-created.json"))));
        var summary = Called.Summary(call);
        Assert.Equal("c:buyer@example.com", call.Events[0].Subject.ToText());
        Assert.Equal((1, new Money(2_250), new Money(250), 1), (summary.Orders, summary.Net, summary.Discounts, summary.CouponOrders));
        Assert.Equal(new DateTimeOffset(2026, 2, 3, 9, 5, 6, TimeSpan.Zero), call.Events[0].Event.At);
    }

    [Theory]
    [InlineData("processing", "", 1)]
    [InlineData("completed", "", 1)]
    [InlineData("refunded", "", 0)]
    [InlineData("pending", "", 0)]
    [InlineData("on-hold", "", 0)]
    [InlineData("cancelled", "", 0)]
    [InlineData("failed", "", 0)]
    [InlineData("trash", "", 0)]
    [InlineData("checkout-draft", "", 0)]
    [InlineData("shipped", "", 0)]
    [InlineData("shipped", "2026-02-03T10:00:00", 1)]
    public void An_order_counts_while_its_status_says_so(string status, string paid, int orders) =>
        Assert.Equal(orders, Called.Summary(Called.Woo("order.updated", Order(status, "2026-02-03T10:00:00", paid))).Orders);

    [Fact]
    public void All_orders_of_arrival_give_the_same_bytes_and_the_newest_statement_holds()
    {
        var calls = new[]
        {
            Called.Woo("order.created", Order("pending", "2026-02-03T10:00:00")),
            Called.Woo("order.updated", Order("processing", "2026-02-03T10:00:05", "2026-02-03T10:00:05")),
            Called.Woo("order.updated", Order("cancelled", "2026-02-04T10:00:00", "2026-02-03T10:00:05")),
            Called.Woo("order.updated", Order("completed", "2026-02-05T10:00:00", "2026-02-03T10:00:05", "-26.00")),
            Called.Woo("order.updated", Order("completed", "2026-02-06T10:00:00", "2026-02-03T10:00:05", "-26.00", "-13.00")),
        };
        Assert.Single(Called.Permutations(calls).Select(c => Convert.ToHexString(Called.Fold(c).ToBytes())).Distinct());
        Assert.Equal([0m, 100m, 0m, 80m, 70m], Enumerable.Range(1, 5).Select(n => Called.Net(calls[..n])));
    }

    [Fact]
    public void An_order_that_was_deleted_counts_no_more_until_it_is_restored()
    {
        var placed = Called.Woo("order.created", Order("completed", "2026-02-03T10:00:00"));
        var deleted = Called.Woo("order.deleted", """{"id":727}""", Called.Now.AddHours(-2), "d2");
        var restored = Called.Woo("order.restored", Order("completed", "2026-02-03T10:00:00"), Called.Now.AddHours(-1));
        Assert.Equal([0m, 100m], new[] { Called.Net(deleted, placed), Called.Net(restored, placed, deleted) });
        Assert.Equal(deleted.Events[0].Event.Key, Called.Woo("order.deleted", """{"id":727}""", Called.Now, "d2").Events[0].Event.Key);
    }

    [Fact]
    public void A_guest_is_known_by_the_address_and_an_account_without_one_by_its_number()
    {
        var order = Order("completed", "2026-02-03T10:00:00");
        Assert.Equal(
            "c:woocommerce:26",
            Called.Woo("order.created", order.Replace("anna@example.com", "", StringComparison.Ordinal)).Events[0].Subject.ToText());
        Assert.Equal("missing_user_id", Called.Code(() => Called.Woo(
            "order.created",
            order.Replace("anna@example.com", "", StringComparison.Ordinal)
                .Replace("26,\"billing", "0,\"billing", StringComparison.Ordinal))));
    }

    [Fact]
    public void A_customer_is_described_and_a_deleted_account_is_noted()
    {
        var read = Assert.Single(
            Called.Woo(
                "customer.updated",
                """{"id":26,"email":"Anna@example.com","first_name":"Anna","date_modified_gmt":"2026-02-03T10:00:00"}""").Events);
        Assert.Equal(("c:anna@example.com", "woocommerce:26"), (read.Subject.Canonical().ToText(), read.Previous));
        Assert.Equal(["account_deleted"], Called.Woo("customer.deleted", """{"id":26}""").Notes.Select(n => n.Code));
    }

    // Goods of 100, shipping 10, tax 20.
    private static string Order(string status, string modified, string paid = "", params string[] refunds) => $$"""
        {"id":727,"status":"{{status}}","currency":"USD","date_created_gmt":"2026-02-03T10:00:00","date_modified_gmt":"{{modified}}",
         "date_paid_gmt":{{(paid.Length == 0 ? "null" : $"\"{paid}\"")}},"shipping_total":"10.00","total":"130.00","total_tax":"20.00",
         "customer_id":26,"billing":{"email":"anna@example.com"},"line_items":[{"sku":"CH","price":50,"quantity":2}],
         "refunds":[{{string.Join(',', refunds.Select((r, i) => $$"""{"id":{{i}},"total":"{{r}}"}"""))}}]}
        """;
}
