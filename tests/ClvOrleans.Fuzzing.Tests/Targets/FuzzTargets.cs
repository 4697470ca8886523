using System.Text;
using System.Text.Json;
using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Fuzzing.Tests.Engine;
using ClvOrleans.Intake.Costs;
using ClvOrleans.Intake.Files;
using ClvOrleans.Intake.Rules;
using ClvOrleans.Intake.Stock;
using ClvOrleans.Intake.Tracking;
using ClvOrleans.Intake.Webhooks;
using ClvOrleans.Policies.Definitions;
using ClvOrleans.Policies.ReadyMade;
using ClvOrleans.Recommendations.Baskets;
using ClvOrleans.Valuation.Rules;
using ClvOrleans.Valuation.Rules.Syntax;

namespace ClvOrleans.Fuzzing.Tests.Targets;

/// <summary>Every parser of what comes from outside, or from the database as bytes.</summary>
internal static class FuzzTargets
{
    private static readonly StoreSettings Store = new() { Id = new StoreId("shop") };
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);
    private static readonly RuleSchema<CustomerFacts> Rules = CustomerRules.For(Currency.Of("USD"));

    private static readonly Type[] Refused = [typeof(RefusedException)];
    private static readonly Type[] FileRefused = [typeof(HistoryFormatException), typeof(RefusedException)];

    private static readonly string[] JsonWords =
    [
        "\"", "{", "}", "[", "]", ":", ",", "null", "true", "1e308", "-0", "1E+15", "99999999999999999999999", "\\ud800", "\\u0000",
        "2026-02-30", "9999-12-31T23:59:60Z", "{\"batch\":[", "\"properties\":{", "\"userId\":", "\"anonymousId\":", "\"timestamp\":",
        "\"order_id\":", "\"revenue\":", "\"products\":[", "\"type\":\"track\"", "\"type\":\"alias\"", "\"event\":\"Order Completed\"",
        "\"event\":\"Order Refunded\"", "\"currency\":\"JPY\"", "\"refunds\":[", "\"line_items\":[", "\"customer\":{",
        "\"email\":\"a@b.co\"",
    ];

    private static readonly string[] FileWords =
    [
        ",", ";", "\t", "\"", "\"\"", "\n", "\r\n", "sep=;\n", "\uFEFF", "1.234,56", "-1", "1e9", "€", "2026-02-30", "13/13/2026",
        "refunded", "Paid at", "Subtotal", "customer_id,order_id,date,value\n", "InvoiceNo,StockCode,Description,Quantity,InvoiceDate\n",
        "C536365",
    ];

    private static readonly string[] RuleWords =
    [
        " and ", " or ", "not ", "(", ")", "predictedValue", "historicValue", "orders", "lifecycle", "segments", " in ", "'at-risk'", "[",
        "]", ">", ">=", "==", "!=", "+", "-", "*", "/", "1", "0.5", "'", "\"", "days(", "30", "null", "\\", "country",
    ];

    private static readonly string[] PolicyWords =
        [.. JsonWords, .. RuleWords, "\"when\":", "\"steps\":[", "\"budget\":{", "\"id\":\"a\""];

    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        Json("tracking", Track, [typeof(UnreadableBodyException)], Samples.Batch, Samples.Order),
        .. HistoryReaders.All.Select(reader => File(
            $"file-{reader.Format}", lines => reader.Read(lines, Context()).Count(), [typeof(HistoryFormatException)],
            Samples.FileOf(reader.Format))),
        File("file-costs", lines => CostFile.Read(lines, Context()).Count(), FileRefused, Samples.CostFile),
        File("file-stock", lines => StockFile.Read(lines, Context()).Count(), FileRefused, Samples.StockFile),
        Json("shopify-order", Shopify("orders/create"), Refused, Samples.ShopifyOrder),
        Json("shopify-refund", Shopify("refunds/create"), Refused, Samples.ShopifyRefund),
        Json("shopify-customer", Shopify("customers/update"), Refused, Samples.ShopifyCustomer),
        Json("shopify-privacy", Shopify("customers/redact"), Refused, Samples.ShopifyCustomer),
        Json("woocommerce-order", WooCommerce("order.updated"), Refused, Samples.WooCommerceOrder),
        Json("woocommerce-deleted", WooCommerce("order.deleted"), Refused, Samples.WooCommerceOrder),
        Json("woocommerce-customer", WooCommerce("customer.updated"), Refused, Samples.WooCommerceCustomer),
        Json("ga4", bytes => Judge(Ga4Events.Read(bytes)), Refused, Samples.Ga4),
        Json("costs", bytes => OfJson(bytes, body => CostJson.Read(body, Store)), Refused, Samples.Costs),
        Json("stock", bytes => OfJson(bytes, body => StockJson.Read(body, Store, Now)), Refused, Samples.Stock),
        Text("rule", RoundTrip, [typeof(RuleException)], RuleWords, Samples.Rules),
        Text("policy", text => new PolicyReader(Rules).Read(text), [typeof(PolicyException)], PolicyWords, ReadyMadePolicies.All.Values),
        Text("customer-id", text => CustomerId.Parse(Store.Id, text), [typeof(FormatException)], ["c:", "v:", "e:"], ["c:anna"]),
        Json("customer-state", bytes => CustomerState.FromBytes(bytes), [typeof(JsonException)], Samples.State),
        Binary("baskets", bytes => BasketFormat.Read(bytes), BasketFormat.Write(new BasketHistory())),
        Binary("recent-items", bytes => RecentFormat.Read(bytes), RecentFormat.Write(new RecentItems())),
    ];

    private static HistoryContext Context() => new() { Store = Store, Source = "import", Now = Now };

    private static FuzzTarget Binary(string name, Action<byte[]> parse, byte[] seed) =>
        new(name, parse, [typeof(InvalidDataException)], [seed], [[0], [1], [0x80], [0xFF]]);

    private static FuzzTarget Json(string name, Action<byte[]> parse, IReadOnlyList<Type> refusals, params IEnumerable<string> seeds) =>
        new(name, parse, refusals, Bytes(seeds), Bytes(JsonWords));

    private static FuzzTarget Text(
        string name, Action<string> parse, IReadOnlyList<Type> refusals, IEnumerable<string> words, IEnumerable<string> seeds) =>
        new(name, bytes => parse(Encoding.UTF8.GetString(bytes)), refusals, Bytes(seeds), Bytes(words));

    private static FuzzTarget File(string name, Action<TextLines> read, IReadOnlyList<Type> refusals, string seed) =>
        new(
            name, bytes =>
            {
                using var file = HistoryFile.Read(new MemoryStream(bytes), bytes.Length);
                read(file.Lines);
            },
            refusals, Bytes([seed]), [.. Bytes(FileWords), [0xFF, 0xFE], [0x1F, 0x8B], [0x50, 0x4B, 3, 4], [0xC3]]);

    private static byte[][] Bytes(IEnumerable<string> texts) => [.. texts.Select(Encoding.UTF8.GetBytes)];

    private static void Track(byte[] bytes) => Judge(ReceivedBatch.Read(bytes, null));

    private static void Judge(ReceivedBatch batch)
    {
        foreach (var e in batch.Events)
        {
            try
            {
                EventReader.Read(e, batch, Store, "web", Now, () => "made");
            }
            catch (RefusedException)
            {
                batch.Standalone(e, EventReader.KnownAs(e, () => "made")); // What is kept of a refused event.
            }
        }
    }

    private static Action<byte[]> Shopify(string topic) =>
        bytes => ShopifyWebhooks.Read(new WebhookDelivery("shopify", topic, bytes, Now, "d1"), Store);

    private static Action<byte[]> WooCommerce(string topic) =>
        bytes => WooCommerceWebhooks.Read(new WebhookDelivery("woo", topic, bytes, Now, "d1"), Store);

    // The API refuses what is no JSON, and texts that are no Unicode, before these are asked.
    private static void OfJson(byte[] bytes, Action<JsonElement> read)
    {
        if (IsWhole(bytes))
        {
            using var document = JsonDocument.Parse(bytes);
            read(document.RootElement);
        }
    }

    private static bool IsWhole(byte[] bytes)
    {
        try
        {
            for (var reader = new Utf8JsonReader(bytes); reader.Read();)
            {
                if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName)
                {
                    reader.GetString();
                }
            }

            return true;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return false;
        }
    }

    // What is printed of a rule is the same rule.
    private static void RoundTrip(string text)
    {
        var rule = Rules.Parse(text);
        var printed = rule.ToString();
        if (Rules.Parse(printed).ToString() != printed)
        {
            throw new InvalidOperationException($"'{printed}' is printed otherwise once it is read.");
        }
    }
}
