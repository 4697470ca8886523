using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Events;

namespace ClvOrleans.Intake.Tests.Webhooks;

public sealed class ShopifyWebhooksTests
{
    [Fact]
    public void The_sample_counts_its_subtotal_for_the_e_mail_address_on_the_day_it_was_placed()
    {
        var call = Called.Shopify("orders/create", Sample("shopify-orders-create.json"));
        var (summary, first) = (Called.Summary(call), call.Events[0]);
        Assert.Equal(("c:buyer@example.com", "v:anon-1"), (first.Subject.ToText(), first.Visitor?.ToText()));
        Assert.Equal((1, new Money(2_250), new Money(250), 1), (summary.Orders, summary.Net, summary.Discounts, summary.CouponOrders));
        Assert.Equal(new DateOnly(2026, 2, 3), Assert.Single(summary.PurchaseDays).Day);
        Assert.Equal("5778367414385", first.Event.OrderId);
        Assert.Equal(["MUG-1"], first.Event.Products.Select(p => p.ProductId));
    }

    [Fact]
    public void The_refund_of_the_sample_takes_off_its_lines() =>
        Assert.Equal(
            10m,
            Called.Net(Called.Shopify("refunds/create", Sample("shopify-refunds-create.json")), Called.Shopify(
                "orders/create", Sample("shopify-orders-create.json"))));

    [Fact]
    public void All_orders_of_arrival_of_a_life_of_an_order_give_the_same_bytes()
    {
        var calls = new[]
        {
            Called.Shopify("orders/create", Order("2026-02-03T10:00:00Z", "pending")),
            Called.Shopify("orders/updated", Order("2026-02-03T10:00:00Z", "paid")),
            Called.Shopify("orders/updated", Order("2026-02-05T10:00:00Z", "partially_refunded", Refund)),
            Called.Shopify("refunds/create", Refund),
            Called.Shopify("orders/cancelled", Order("2026-02-06T10:00:00Z", "refunded", Refund, cancelled: "2026-02-06T10:00:00Z")),
        };
        var states = Called.Permutations(calls).Select(c => Convert.ToHexString(Called.Fold(c).ToBytes())).Distinct();
        Assert.Single(states);
        Assert.Equal(0, Called.Summary(calls).Orders);
        Assert.Equal(60m, Called.Net(calls[..4]));
        Assert.Equal(100m, Called.Net(calls[..2]));
        Assert.Empty(Called.Summary(calls[..1]).PurchaseDays);
    }

    [Fact]
    public void The_same_call_again_says_nothing_new() => Assert.Equal(
        Called.Shopify("orders/create", Order("2026-02-03T10:00:00Z", "paid")).Events.Select(e => e.Event.Key),
        Called.Shopify("orders/updated", Order("2026-02-03T10:00:00Z", "paid")).Events.Select(e => e.Event.Key));

    [Fact]
    public void A_later_statement_of_a_lower_subtotal_holds_over_an_earlier_one()
    {
        var edited = Order("2026-02-04T10:00:00Z", "paid")
            .Replace("\"subtotal_price\":\"100.00\"", "\"subtotal_price\":\"80.00\"", StringComparison.Ordinal);
        Assert.Equal(
            80m,
            Called.Net(Called.Shopify("orders/updated", edited), Called.Shopify("orders/create", Order("2026-02-03T10:00:00Z", "paid"))));
    }

    [Theory]
    [InlineData(
        """{"refund_line_items":[{"subtotal":50,"total_tax":10}],"transactions":[{"kind":"refund","status":"success","amount":"60.00"}]}""",
        50)]
    [InlineData(
        """{"order_adjustments":[{"kind":"shipping_refund","amount":"-10.00"}],"transactions":[{"kind":"refund","status":"success","amount":"10.00"}]}""", 100)]
    [InlineData(
        """{"order_adjustments":[{"kind":"refund_discrepancy","amount":"-15.00"}],"transactions":[{"kind":"refund","status":"success","amount":"15.00"}]}""", 85)]
    [InlineData("""{"refund_line_items":[{"subtotal":50}],"order_adjustments":[{"kind":"refund_discrepancy","amount":"5.00"}]}""", 55)]
    [InlineData(
        """{"refund_line_items":[{"subtotal":"50.00"}],"transactions":[{"kind":"refund","status":"failure","amount":"60.00"}]}""", 100)]
    [InlineData("""{"refund_line_items":[{"subtotal":"30.00"}],"transactions":[]}""", 70)]
    [InlineData("""{"transactions":[{"kind":"refund","status":"success","amount":"65.00"}]}""", 50)]
    public void A_refund_takes_off_what_its_lines_and_the_merchant_gave_and_neither_tax_nor_shipping(string refund, int net)
    {
        // Goods of 100, shipping 10, tax 20.
        var full = refund.Insert(1, "\"id\":1,\"order_id\":1001,\"created_at\":\"2026-02-05T10:00:00Z\",");
        Assert.Equal(net, Called.Net(Called.Shopify("orders/updated", Order("2026-02-05T10:00:00Z", "partially_refunded", full))));
    }

    [Theory]
    [InlineData("paid", 1)]
    [InlineData("partially_paid", 1)]
    [InlineData("partially_refunded", 1)]
    [InlineData("refunded", 0)]
    [InlineData("pending", 0)]
    [InlineData("authorized", 0)]
    [InlineData("voided", 0)]
    [InlineData("expired", 0)]
    public void An_order_counts_while_it_is_paid(string status, int orders)
    {
        var call = Called.Shopify("orders/updated", Order("2026-02-03T10:00:00Z", status));
        Assert.Equal(orders, Called.Summary(call).Orders);
        Assert.Equal(status is "pending" or "authorized" or "voided" or "expired", call.Notes.Any(n => n.Code == "order_not_paid"));
    }

    [Fact]
    public void An_order_that_was_paid_and_voided_counts_no_more() => Assert.Equal(0, Called.Summary(
        Called.Shopify("orders/updated", Order("2026-02-04T10:00:00Z", "voided")),
        Called.Shopify("orders/create", Order("2026-02-03T10:00:00Z", "paid"))).Orders);

    [Fact]
    public void A_test_order_is_noted_and_does_not_count()
    {
        var call = Called.Shopify("orders/create", Order("2026-02-03T10:00:00Z", "paid").Insert(1, "\"test\":true,"));
        Assert.Empty(call.Events);
        Assert.Equal(["test_order"], call.Notes.Select(n => n.Code));
    }

    [Fact]
    public void Money_of_the_shop_counts_and_not_that_of_the_buyer()
    {
        var order = Order("2026-02-05T10:00:00Z", "partially_refunded", """
            {"id":1,"order_id":1001,"created_at":"2026-02-05T10:00:00Z","transactions":[{"kind":"refund","status":"success","amount":"60.00","currency":"CAD"}],
             "refund_line_items":[{"subtotal":40,"subtotal_set":{"shop_money":{"amount":"40.00","currency_code":"USD"},"presentment_money":{"amount":"56.00","currency_code":"CAD"}}}]}
            """).Insert(1, """
            "presentment_currency":"CAD","subtotal_price_set":{"shop_money":{"amount":"100.00","currency_code":"USD"},"presentment_money":{"amount":"140.00","currency_code":"CAD"}},
            "total_price_set":{"shop_money":{"amount":"130.00","currency_code":"USD"},"presentment_money":{"amount":"182.00","currency_code":"CAD"}},
            """);
        Assert.Equal(60m, Called.Net(Called.Shopify("orders/updated", order)));
        var unitemised = order.Replace("\"refund_line_items\"", "\"_\"", StringComparison.Ordinal)
            .Replace("\"60.00\"", "\"91.00\"", StringComparison.Ordinal);
        Assert.Equal(50m, Called.Net(Called.Shopify("orders/updated", unitemised)));
    }

    [Fact]
    public void A_currency_that_the_store_has_no_rate_for_is_refused() => Assert.Equal(
        "no_rate",
        Called.Code(
            () => Called.Shopify("orders/create", Order("2026-02-03T10:00:00Z", "paid").Replace("USD", "EUR", StringComparison.Ordinal))));

    [Theory]
    [InlineData("""{"email":"Anna@Example.COM "}""", "c:anna@example.com")]
    [InlineData("""{"email":"","contact_email":"b@example.com"}""", "c:b@example.com")]
    [InlineData("""{"email":null,"customer":{"id":77,"email":"C@example.com"}}""", "c:c@example.com")]
    [InlineData("""{"customer":{"id":77}}""", "c:shopify:77")]
    public void The_customer_is_the_e_mail_address_else_the_account(string members, string customer) =>
        Assert.All(Called.Shopify(
            "orders/create", Guest.Insert(1, members[1..^1] + ",")).Events, e => Assert.Equal(customer, e.Subject.Canonical().ToText()));

    [Theory]
    [InlineData("{}", "missing_user_id")]
    [InlineData("""{"email":"guest"}""", "placeholder_user_id")]
    [InlineData("""{"email":"test@test.com"}""", "placeholder_user_id")]
    public void An_order_of_nobody_is_refused(string members, string code) =>
        Assert.Equal(
            code, Called.Code(() => Called.Shopify("orders/create", Guest.Insert(1, members[1..^1] is { Length: > 0 } m ? m + "," : ""))));

    [Theory]
    [InlineData("", "invalid_json")]
    [InlineData("[]", "invalid_body")]
    [InlineData("{", "invalid_json")]
    [InlineData("{}", "missing_order_id")]
    [InlineData("""{"id":1,"processed_at":"2026-02-03T10:00:00Z"}""", "missing_order_value")]
    [InlineData("""{"id":1,"processed_at":"yesterday","subtotal_price":"1.00"}""", "invalid_time")]
    [InlineData("""{"id":1,"processed_at":"2126-02-03T10:00:00Z","subtotal_price":"1.00"}""", "time_in_future")]
    [InlineData("""{"id":1,"subtotal_price":"1.00"}""", "invalid_time")]
    [InlineData("""{"id":1,"processed_at":"2026-02-03T10:00:00Z","subtotal_price":"-1.00","email":"a@example.com"}""", "invalid_money")]
    [InlineData("""{"id":1,"processed_at":"2026-02-03T10:00:00Z","subtotal_price":"much","email":"a@example.com"}""", "invalid_money")]
    [InlineData("""{"id":"7.0123E+12","processed_at":"2026-02-03T10:00:00Z","subtotal_price":"1","email":"a@example.com"}""", "rounded_id")]
    public void What_cannot_count_is_refused_by_name(string body, string code) =>
        Assert.Equal(code, Called.Code(() => Called.Shopify("orders/create", body)));

    [Fact]
    public void A_customer_is_described_and_their_account_becomes_their_address()
    {
        var read = Assert.Single(Called.Shopify("customers/update", """
            {"id":77,"email":"Anna@Example.com","first_name":"Anna","last_name":"B","updated_at":"2026-02-03T10:00:00-05:00","created_at":"2025-02-03T10:00:00-05:00",
             "default_address":{"country_code":"US","city":"Boston","phone":"1"},"phone":"2"}
            """).Events);
        Assert.Equal(
            ("c:anna@example.com", "shopify:77", true), (read.Subject.Canonical().ToText(), read.Previous, read.Event.IsStatement));
        Assert.Equal(
            ["city=Boston", "country=US", "createdAt=2025-02-03T10:00:00-05:00", "email=Anna@Example.com", "firstName=Anna", "lastName=B"],
            read.Event.Traits!.Select(t => $"{t.Key}={t.Value}"));
    }

    [Fact]
    public void A_demand_for_erasure_is_never_refused()
    {
        Assert.Equal("buyer@example.com", Called.Shopify("customers/redact", Sample("shopify-customers-redact.json")).Privacy!.Customer);
        Assert.Equal(
            "buyer@example.com", Called.Shopify("customers/data_request", Sample("shopify-customers-data_request.json")).Privacy!.Customer);
        Assert.Null(Called.Shopify("customers/redact", "nonsense").Privacy!.Customer);
        Assert.Null(Called.Shopify("shop/redact", """{"shop_id":1}""").Privacy!.Customer);
    }

    [Fact]
    public void A_topic_that_says_nothing_is_noted() =>
        Assert.Equal(["topic_ignored"], Called.Shopify("products/update", "{}").Notes.Select(n => n.Code));

    [Fact]
    public void What_a_shop_says_later_is_no_activity()
    {
        var (create, update) =
            (Called.Shopify("orders/create", Order("2026-02-03T10:00:00Z", "paid")), Called.Shopify(
                "orders/updated", Order("2026-09-03T10:00:00Z", "paid")));
        Assert.Equal([EventKind.OrderCompleted, EventKind.OrderUpdated], Called.Kinds(create));
        var (before, after) = (Called.Summary(create), Called.Summary(create, update));
        Assert.Equal((before.LastSeen, before.Sessions), (after.LastSeen, after.Sessions));
        Assert.Equal(before.Counts, after.Counts);
    }

    private const string Refund = """
        {"id":9,"order_id":1001,"created_at":"2026-02-05T10:00:00Z","transactions":[{"kind":"refund","status":"success","amount":"48.00","currency":"USD"}],
         "refund_line_items":[{"line_item_id":1,"quantity":1,"subtotal":40,"total_tax":8}]}
        """;

    private const string Guest = """
        {"id":1001,"processed_at":"2026-02-03T10:00:00Z","updated_at":"2026-02-03T10:00:00Z","currency":"USD","financial_status":"paid","subtotal_price":"100.00"}
        """;

    internal static string Order(string updatedAt, string status, string? refund = null, string? cancelled = null) => $$"""
        {"id":1001,"email":"anna@example.com","processed_at":"2026-02-03T10:00:00Z","created_at":"2026-02-03T10:00:00Z","updated_at":"{{updatedAt}}",
         "cancelled_at":{{(cancelled is null ? "null" : $"\"{cancelled}\"")}},"currency":"USD","financial_status":"{{status}}","subtotal_price":"100.00",
         "total_tax":"20.00","total_price":"130.00","line_items":[{"sku":"CH","name":"Chair","price":"50.00","quantity":2}],"refunds":[{{refund}}]}
        """;

    private static string Sample(string name) => File.ReadAllText(SharedData.Find(Path.Combine("fixtures", "samples", name)));
}
