using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using ClvOrleans.Server.Tests.Clients;
using ClvOrleans.Server.Tests.Webhooks;

namespace ClvOrleans.Server.Tests.Stores;

/// <summary>
/// What shops send, by every door, good and bad. Whatever names a person, an order or a message has <see cref="Mark"/> in it.
/// </summary>
internal sealed class NamingTraffic(RunningClv clv, string folder)
{
    public const string Mark = "naming-4711";
    public const string Anna = $"anna-{Mark}";
    public const string Visitor = $"visitor-{Mark}";
    public const string Bert = $"bert-{Mark}@example.com";
    public const string Shopper = $"shopper-{Mark}@example.com";
    public const string Imported = $"imported-{Mark}";

    /// <summary>The settings of a store that has all doors.</summary>
    public static string Settings(bool hasPseudonyms) => ShopServer.Settings.Replace(
        "{\"currency\"", $"{{\"pseudonyms\":{(hasPseudonyms ? "true" : "false")},\"currency\"", StringComparison.Ordinal);

    /// <summary>Customers whose figures are compared; of Bert by another writing of the address.</summary>
    public static IReadOnlyList<string> Customers { get; } = [Anna, Visitor, Bert.ToUpperInvariant(), Shopper, Imported, $"account-{Mark}"];

    /// <summary>Orders that sentences of explanations name.</summary>
    public static IReadOnlyList<string> Orders { get; } =
    [
        $"o1-{Mark}", $"o2-{Mark}", $"o3-{Mark}", $"g1-{Mark}", $"i1-{Mark}", $"i2-{Mark}", "shopify:4711", "woocommerce:4712",
        "4711", "4712",
    ];

    public async Task SendAsync()
    {
        await clv.SendAsync([.. Visit(), .. Buying(), .. Refused()]);
        await PostAsync("v1/track", $"{{\"writeKey\":\"WK\",\"userId\":\"{Anna}\",", 400);
        await WebhooksAsync();
        await ImportAsync();
        await AskAsync();
    }

    /// <summary>The published clients of npm, whose events happen now.</summary>
    public async Task SendByClientsAsync()
    {
        foreach (var client in (string[])["segment", "rudder"])
        {
            var address = clv.Http.BaseAddress!.ToString().TrimEnd('/');
            using var script = NodeScript.Start("server-side.mjs", client, address, "WK", $"{client}-{Mark}");
            await script.EndAsync(TimeSpan.FromMinutes(1));
        }
    }

    private static object[] Visit() =>
    [
        new
        {
            type = "page",
            anonymousId = Visitor,
            messageId = $"m0-{Mark}",
            timestamp = "2026-01-02T08:00:00Z",
            name = $"Of {Mark}",
            properties = new { path = $"/account/{Mark}", url = $"https://shop.example/{Mark}" },
            context = new
            {
                ip = "192.0.2.77",
                userAgent = Mark,
                page = new { path = $"/{Mark}" },
                traits = new { email = $"x-{Mark}@example.com" },
                campaign = new { source = "google", medium = "cpc" },
            },
        },
        new
        {
            type = "identify",
            userId = Anna,
            anonymousId = Visitor,
            messageId = $"m1-{Mark}",
            timestamp = "2026-01-02T08:01:00Z",
            traits = new
            {
                email = $"anna-{Mark}@example.com",
                name = $"Anna {Mark}",
                firstName = Mark,
                lastName = Mark,
                phone = Mark,
                birthday = "1984-03-27",
                company = Mark,
                gender = "female",
                country = "DE",
                avatar = $"https://img.example/{Mark}",
                address = new { street = Mark, city = Mark, postalCode = Mark },
            },
        },
        new { type = "alias", userId = Anna, previousId = $"old-{Mark}", messageId = $"m2-{Mark}", timestamp = "2026-01-02T08:02:00Z" },
        new { type = "group", userId = Anna, groupId = $"group-{Mark}", messageId = $"m3-{Mark}", timestamp = "2026-01-02T08:03:00Z" },
        new { type = "screen", userId = Anna, name = $"Screen of {Mark}", messageId = $"m4-{Mark}", timestamp = "2026-01-02T08:04:00Z" },
        Track(Anna, "Products Searched", "m5", new { query = $"gift for {Mark}" }),
        Track(Anna, "Product Reviewed", "m6", new { product_id = "p1", rating = 4, review_body = $"I am {Mark} and like it." }),
        Track(Anna, "Product Reviewed", "m7", new { product_id = "p1", review_body = $"I am {Mark} and like it not." }),
    ];

    private static object[] Buying() =>
    [
        Track(Anna, "Order Completed", "m8", Order("o1", 120)),
        Track(Anna, "Order Completed", "m8", Order("o1", 120)), // A repetition.
        Track(Anna, "Order Refunded", "m9", new { order_id = $"o1-{Mark}", amount = 20.5 }),
        Track(Anna, "Order Updated", "m10", Order("o1", 130)),
        Track(Bert, "Order Refunded", "m11", new { order_id = $"o2-{Mark}", amount = 1.25 }), // Before its order.
        Track(Bert.ToUpperInvariant(), "Order Completed", "m12", Order("o2", 77.7m)),
        Track(Bert, "Email Bounced", "m13", new { email = Bert, bounce_type = "hard", delivery_id = $"d-{Mark}" }),
        Track(Bert, "Email Marked as Spam", "m14", new { address = Bert }),
        Track(Bert, "Segment Consent Preference Updated", "m15", new { }),
        Track(Anna, "Order Completed", "m16", Order("o3", 33)),
        new
        {
            // Of a visitor, who is Anna.
            type = "track",
            anonymousId = $"other-{Mark}",
            @event = "Order Completed",
            messageId = $"m17-{Mark}",
            timestamp = "2026-01-05T08:00:00Z",
            properties = Order("o3", 33),
        },
        Track($"rival-{Mark}", "Order Completed", "m18", Order("o2", 77.7m)), // Another's order.
    ];

    private static object[] Refused() =>
    [
        Track(Anna, "Order Completed", "b1", new { order_id = $"bad-{Mark}", revenue = $"many {Mark}" }),
        Track(new string('x', 300) + Mark, "Product Viewed", "b2", new { product_id = "p1" }),
        Track(Anna, "Product Viewed", "b3", new { product_id = "p1", note = Mark + new string('x', 70_000) }),
        new { type = $"nothing-{Mark}", userId = Anna, messageId = $"b4-{Mark}" },
        Mark,
    ];

    // MARK is put in where they are sent.
    private async Task WebhooksAsync()
    {
        await ShopifyAsync("orders/create", WebhookTests.Order("shopper-MARK", 4711));
        await ShopifyAsync("customers/create", """
            {"id":81234711,"email":"shopper-MARK@example.com","updated_at":"2026-02-03T11:00:00Z","first_name":"MARK","last_name":"MARK",
             "phone":"MARK","default_address":{"address1":"MARK","city":"MARK","country_code":"DE"}}
            """);
        await ShopifyAsync("orders/create", """{"id":4713,"email":"refused-MARK@example.com","note":"MARK"}""");
        await ShopifyAsync("customers/data_request", """{"shop_id":1,"customer":{"email":"shopper-MARK@example.com","phone":"MARK"}}""");
        await ShopifyAsync(
            "customers/redact", """{"shop_id":1,"customer":{"email":"gone-MARK@example.com"},"orders_to_redact":["MARK"]}""");
        await WooAsync("order.created", """
            {"id":4712,"status":"processing","currency":"USD","total":"50.00","date_created_gmt":"2026-02-01T10:00:00",
             "date_modified_gmt":"2026-02-01T10:00:00","customer_id":0,
             "billing":{"email":"woo-MARK@example.com","first_name":"MARK","phone":"MARK"},
             "line_items":[{"product_id":5,"quantity":1,"total":"50.00"}],"refunds":[]}
            """);
        await WooAsync("order.created", """{"id":1,"billing":{"email":"MARK"}}""");
        await PostAsync(
            "mp/collect?measurement_id=G-ABC1234567&api_secret=s3cret",
            """
            {"client_id":"google-MARK","user_id":"account-MARK","timestamp_micros":1770000000000000,
             "events":[{"name":"purchase","params":{"transaction_id":"g1-MARK","value":12.5,"currency":"USD"}},
              {"name":"purchase","params":{"transaction_id":"MARK","value":"MARK"}}]}
            """,
            204);
        await PostAsync("mp/collect?measurement_id=G-ABC1234567&api_secret=s3cret", "client_id=MARK", 204);
    }

    private async Task ImportAsync()
    {
        var file = Path.Combine(TemporaryFolder.New(), "orders.csv");
        await File.WriteAllTextAsync(
            file,
            $"customer_id,order_id,timestamp,total\n{Imported},i1-{Mark},2025-01-02,10.50\n{Imported},i2-{Mark},2025-03-02,7\n"
                + $"{Imported},i3-{Mark},x-{Mark},1\n");
        var rejects = Path.Combine(Path.GetDirectoryName(file)!, "rejects.csv");
        var (_, output, error) = await ClvInProcess.RunAsync("import", file, "--data", folder, "--json", "--rejects", rejects);
        using var result = JsonDocument.Parse(output);
        Assert.True(result.RootElement.GetProperty("events").GetInt32() == 2, output + error);
        Assert.Contains($"x-{Mark}", await File.ReadAllTextAsync(rejects), StringComparison.Ordinal);
    }

    // Questions and changes by the API, of people who are there and who are not.
    private async Task AskAsync()
    {
        await PutAsync($"api/v1/customers/{Anna}/consents", """{"email":true,"profiling":false}""");
        await PutAsync($"api/v1/customers/new-{Mark}/consents", """{"sms":true}""");
        await PostAsync(
            "api/v1/lists/newsletter/customers", $$"""{"add":["{{Anna}}","{{Bert}}","listed-{{Mark}}"],"remove":["{{Bert}}"]}""", 200);
        await PostAsync(
            "api/v1/regulations",
            $$"""{"regulationType":"SUPPRESS_ONLY","subjectType":"USER_ID","subjectIds":["suppressed-{{Mark}}"]}""", 200);
        foreach (var path in (string[])[
            $"customers/{Anna}", $"customers/nobody-{Mark}", $"customers/{Anna}/archive", $"customers/{Anna}/recommendations",
            $"decisions?customer={Anna}", $"outcomes?customer={Anna}", $"transitions?customer={Anna}", "privacy-requests", "dead-letters"])
        {
            using var reply = await clv.Http.GetAsync($"api/v1/{path}");
            Assert.True((int)reply.StatusCode is 200 or 404, $"{path}: {reply.StatusCode}");
        }
    }

    private static object Order(string id, decimal revenue) => new
    {
        order_id = $"{id}-{Mark}",
        revenue,
        currency = "USD",
        coupon = "SPRING",
        products = new[] { new { product_id = "p1", category = "mugs", price = revenue, quantity = 1 } },
    };

    // Each number of a message is a minute: of two events at one instant the greater id would decide, and pseudonyms are in another order.
    private static object Track(string user, string name, string message, object properties) => new
    {
        type = "track",
        @event = name,
        userId = user,
        messageId = $"{message}-{Mark}",
        timestamp = $"2026-01-04T08:{message[1..].PadLeft(2, '0')}:00Z",
        properties,
    };

    private static string Marked(string body) => body.Replace("MARK", Mark, StringComparison.Ordinal);

    private async Task ShopifyAsync(string topic, string body)
    {
        body = Marked(body);
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        content.Headers.Add("X-Shopify-Topic", topic);
        content.Headers.Add("X-Shopify-Hmac-Sha256", ShopServer.Sign(Encoding.UTF8.GetBytes(body)));
        using var reply = await clv.Http.PostAsync("webhooks/shopify", content);
        Assert.True(reply.IsSuccessStatusCode, await reply.Content.ReadAsStringAsync());
    }

    private async Task WooAsync(string topic, string body)
    {
        body = Marked(body);
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        content.Headers.Add("X-WC-Webhook-Topic", topic);
        content.Headers.Add("X-WC-Webhook-Signature", ShopServer.Sign(Encoding.UTF8.GetBytes(body)));
        using var reply = await clv.Http.PostAsync("webhooks/woo", content);
        Assert.True(reply.IsSuccessStatusCode, await reply.Content.ReadAsStringAsync());
    }

    private async Task PostAsync(string path, string body, int status)
    {
        using var reply = await clv.Http.PostAsync(path, new StringContent(Marked(body), Encoding.UTF8, "application/json"));
        Assert.Equal(status, (int)reply.StatusCode);
    }

    private async Task PutAsync(string path, string body)
    {
        using var reply = await clv.Http.PutAsync(path, new StringContent(body, Encoding.UTF8, "application/json"));
        Assert.True(reply.IsSuccessStatusCode, await reply.Content.ReadAsStringAsync());
    }
}
