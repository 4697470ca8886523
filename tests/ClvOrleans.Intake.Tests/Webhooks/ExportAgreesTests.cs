using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Events;
using ClvOrleans.Domain.Stores;

namespace ClvOrleans.Intake.Tests.Webhooks;

/// <summary>What a shop's webhooks say and what its export says of the same orders is the same customer, to the cent.</summary>
public sealed class ExportAgreesTests
{
    private static readonly StoreSettings Store =
        Called.Store with { Rates = ImmutableDictionary<string, decimal>.Empty.Add("EUR", 1.1m) };

    private static readonly Sold[] Orders =
    [
        new("5001", "paid", 100, 10, 20, Lines: [("CH", 50, 2)]) { Discount = 12.5m, Coupon = "HELLO" },
        new("5002", "partially_refunded", 100, 10, 20, Lines: [("CH", 50, 1), ("LA", 50, 1)])
        {
            PaidBack = 60,
            Refund = """ "refund_line_items":[{"subtotal":50,"total_tax":10}] """,
        },
        new("5003", "partially_refunded", 100, 10, 20, Lines: [("CH", 100, 1)])
        {
            PaidBack = 10,
            Refund = """ "order_adjustments":[{"kind":"shipping_refund","amount":"-10.00"}] """,
        },
        new("5004", "partially_refunded", 20, 10, 4, Lines: [("MU", 10, 2)])
        {
            PaidBack = 22,
            Refund =
                """ "refund_line_items":[{"subtotal":10,"total_tax":2}],"order_adjustments":[{"kind":"shipping_refund","amount":"-10.00"}] """,
        },
        new("5005", "refunded", 100, 10, 20, Lines: [("CH", 100, 1)])
        {
            PaidBack = 130,
            Refund = """ "refund_line_items":[{"subtotal":100,"total_tax":20}] """,
        },
        new("5006", "refunded", 100, 0, 20, Lines: [("CH", 100, 1)])
        {
            PaidBack = 120,
            Refund = """ "refund_line_items":[{"subtotal":100,"total_tax":20}] """,
            IsCancelled = true,
        },
        new("5007", "paid", 40, 0, 0, Lines: [("CH", 40, 1)]) { IsCancelled = true },
        new("5008", "paid", 33.33m, 5, 6.65m, Lines: [("CH", 33.33m, 1)]) { Currency = "EUR" },
        new("5009", "partially_refunded", 60, 5, 13, Lines: [("CH", 20, 3)])
        {
            Currency = "EUR",
            PaidBack = 24,
            Refund = """ "refund_line_items":[{"subtotal":20,"total_tax":4}] """,
        },
        new("5010", "paid", 0, 0, 0, Lines: [("GIFT", 0, 1)]),
        new("5011", "partially_paid", 70, 0, 0, Lines: [("CH", 70, 1)]),
    ];

    public static TheoryData<string> Ids => [.. Orders.Select(o => o.Id)];

    [Theory]
    [MemberData(nameof(Ids))]
    public void An_order_is_worth_the_same(string id)
    {
        var (export, webhook) = (Export(id), Webhook(id));
        Assert.Equal(MoneyOf(webhook), MoneyOf(export));
        Assert.Equal(MoneyOf(webhook), MoneyOf([.. export, .. webhook]));
    }

    [Fact]
    public void All_of_them_are_the_same_customer()
    {
        CustomerEvent[] export = [.. Orders.SelectMany(o => Export(o.Id))], webhooks = [.. Orders.SelectMany(o => Webhook(o.Id))];
        var (one, other, both) = (Summary(export), Summary(webhooks), Summary([.. webhooks, .. export]));
        Assert.Equal(Json(other.PurchaseDays), Json(one.PurchaseDays));
        Assert.Equal(Json(other.PurchaseDays), Json(both.PurchaseDays));
        Assert.Equal(
            (other.Net, other.Orders, other.RefundedOrders, other.CouponOrders, other.Discounts, other.Products, other.FirstSeen,
                other.LastSeen, other.Sessions),
            (one.Net, one.Orders, one.RefundedOrders, one.CouponOrders, one.Discounts, one.Products, one.FirstSeen, one.LastSeen,
                one.Sessions));
        Assert.Equal(Json(other.Bought), Json(one.Bought));
    }

    [Fact]
    public void An_order_that_is_not_paid_counts_in_neither()
    {
        var order = new Sold("5012", "pending", 50, 0, 0, [("CH", 50, 1)]);
        Assert.Equal("not_paid", Assert.Single(Data.Read("shopify", Csv(order), Data.Context with { Store = Store })).Refusal!.Code);
        Assert.Equal(0, Summary([.. Call(order)]).Orders);
    }

    private static CustomerEvent[] Export(string id) =>
        [.. Data.Read("shopify", Csv(Orders.Single(o => o.Id == id)), Data.Context with { Store = Store })
            .Select(r => r.Event ?? throw new InvalidDataException(r.Refusal!.Message))];

    private static CustomerEvent[] Webhook(string id) => [.. Call(Orders.Single(o => o.Id == id))];

    private static IEnumerable<CustomerEvent> Call(Sold order) =>
        Called.Shopify("orders/updated", order.ToJson(), Store).Events.Select(e => e.Event);

    private static string Csv(Sold order) =>
        "Name,Email,Financial Status,Paid at,Currency,Subtotal,Shipping,Taxes,Total,Discount Code,Discount Amount,Created at,Lineitem "
            + "quantity,Lineitem name,Lineitem price,Lineitem sku,Cancelled at,Refunded Amount,Id\n" + order.ToCsv();

    private static string MoneyOf(CustomerEvent[] events)
    {
        var order = Assert.Single(CustomerState.Fold(events, Store).Orders).Value;
        return $"{order.IsPurchase} {order.Gross.Minor} {order.Net.Minor}";
    }

    private static CustomerSummary Summary(CustomerEvent[] events) => CustomerSummary.Of(CustomerState.Fold(events, Store), Store);

    private static string Json<T>(T value) => JsonSerializer.Serialize(value);

    private sealed record Sold(
        string Id, string Status, decimal Value, decimal Shipping, decimal Tax, (string Sku, decimal Price, int Quantity)[] Lines)
    {
        private const string Placed = "2026-05-01T10:00:00-04:00";

        public decimal? Discount { get; init; }

        public string? Coupon { get; init; }

        public string Currency { get; init; } = "USD";

        public decimal PaidBack { get; init; }

        public string? Refund { get; init; }

        public bool IsCancelled { get; init; }

        private decimal Total => Value + Shipping + Tax;

        public string ToCsv() => string.Concat(Lines.Select((l, i) => i == 0
            ? FormattableString.Invariant(
                $"#{Id},anna@example.com,{Status},{Csv(Placed)},{Currency},{Value},{Shipping},{Tax},{Total},{Coupon},{Discount ?? 0},")
                + FormattableString.Invariant(
                    $"{Csv(Placed)},{l.Quantity},Name,{l.Price},{l.Sku},{(IsCancelled ? Csv(Placed) : "")},{PaidBack},{Id}\n")
            : FormattableString.Invariant($"#{Id},anna@example.com,,,,,,,,,,{Csv(Placed)},{l.Quantity},Name,{l.Price},{l.Sku},,,\n")));

        // The buyer pays in Canadian dollars, and the shop counts in its own currency.
        public string ToJson() => JsonSerializer.Serialize(new
        {
            id = long.Parse(Id, CultureInfo.InvariantCulture),
            email = "Anna@example.com",
            processed_at = Placed,
            updated_at = "2026-05-09T10:00:00-04:00",
            currency = Currency,
            presentment_currency = "CAD",
            financial_status = Status,
            cancelled_at = IsCancelled ? Placed : null,
            subtotal_price = Text(Value),
            subtotal_price_set = new { presentment_money = new { amount = Text(Value * 1.4m), currency_code = "CAD" } },
            total_price = Text(Total),
            total_discounts = Text(Discount ?? 0),
            discount_codes = Coupon is null ? [] : new[] { new { code = Coupon } },
            line_items = Lines.Select(l => new { sku = l.Sku, price = Text(l.Price), quantity = l.Quantity }),
            refunds = Refund is null ? [] : new[] { JsonNode.Parse(Repaid()) },
        });

        private string Repaid() =>
            $"{{\"id\":{Id}9,\"order_id\":{Id},\"created_at\":\"2026-05-08T10:00:00-04:00\","
            + $"\"transactions\":[{{\"kind\":\"refund\",\"status\":\"success\",\"amount\":\"{Text(PaidBack * 1.4m)}\",\"currency\":\"CAD\"}}],{Refund}}}";

        private static string Text(decimal amount) => amount.ToString(CultureInfo.InvariantCulture);

        private static string Csv(string time) => time.Replace('T', ' ').Replace("-04:00", " -0400", StringComparison.Ordinal);
    }
}
