using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace ClvOrleans.Server.Tests.Webhooks;

/// <summary>Shops call over real HTTP.</summary>
public sealed class WebhookTests(ShopServer server) : IClassFixture<ShopServer>
{
    [Theory]
    [InlineData("shopify-orders-create", "webhooks/shopify", "buyer@example.com")]
    [InlineData("woocommerce-order-created", "webhooks/woo", "buyer@example.com")]
    public async Task A_sample_with_the_shops_own_signature_counts_and_again_is_known(string sample, string path, string customer)
    {
        var body = await File.ReadAllBytesAsync(Sample($"{sample}.json"));
        using var headers = JsonDocument.Parse(await File.ReadAllTextAsync(Sample($"{sample}.headers.json")));
        (string, string)[] sent = [
            .. headers.RootElement.EnumerateObject().Where(h => h.Name[0] != '_').Select(h => (h.Name, h.Value.GetString()!))
        ];
        using var first = await server.PostAsync(path, body, sent);
        Assert.Equal((200, 1, 0), await VerdictAsync(first));
        using var again = await server.PostAsync(path, body, sent);
        Assert.Equal((200, 0, 1), await VerdictAsync(again));
        Assert.True(await server.NetAsync(customer) >= 22.5m);

        body[^2]++;
        using var changed = await server.PostAsync(path, body, sent);
        Assert.Equal(HttpStatusCode.Unauthorized, changed.StatusCode);
    }

    [Theory]
    [InlineData("other")]
    [InlineData("")]
    public async Task A_wrong_signature_is_refused_and_counted(string secret)
    {
        var before = await server.CountAsync("shopify", "refused", "invalid_signature");
        using var reply = await server.ShopifyAsync("orders/create", Order("wrong", 1), secret.Length == 0 ? "x" : secret);
        Assert.Equal(HttpStatusCode.Unauthorized, reply.StatusCode);
        Assert.Equal("invalid_signature", (await reply.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString());
        Assert.Equal(before + 1, await server.CountAsync("shopify", "refused", "invalid_signature"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("not base64")]
    [InlineData("aHVzaA==")]
    public async Task A_missing_or_broken_signature_is_refused(string? signature)
    {
        foreach (var path in (string[])["webhooks/shopify", "webhooks/woo"])
        {
            (string, string)[] headers = signature is null
                ? [("X-Shopify-Topic", "orders/create")]
                : [("X-Shopify-Hmac-Sha256", signature), ("X-WC-Webhook-Signature", signature), ("X-Shopify-Topic", "orders/create")];
            using var reply = await server.PostAsync(path, "{}"u8.ToArray(), headers);
            Assert.Equal(HttpStatusCode.Unauthorized, reply.StatusCode);
        }
    }

    [Fact]
    public async Task Both_secrets_are_good_while_one_is_exchanged_for_the_other()
    {
        using var old = await server.ShopifyAsync("orders/create", Order("rotated", 21), "old hush");
        using var @new = await server.ShopifyAsync("orders/create", Order("rotated", 22));
        Assert.Equal(((200, 1, 0), (200, 1, 0)), (await VerdictAsync(old), await VerdictAsync(@new)));
        Assert.Equal(200m, await server.NetAsync("rotated@example.com"));
    }

    [Fact]
    public async Task Statements_and_refunds_in_disorder_give_what_the_order_is_now()
    {
        (string Topic, string Body)[] calls =
        [
            ("orders/updated", Order("disorder", 31, "2026-02-05T10:00:00Z", "partially_refunded", Refund(31))),
            ("refunds/create", Refund(31)),
            ("orders/create", Order("disorder", 31, "2026-02-03T10:00:00Z", "pending")),
            ("orders/updated", Order("disorder", 31)),
        ];
        foreach (var (topic, body) in calls)
        {
            using var reply = await server.ShopifyAsync(topic, body);
            Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
        }

        Assert.Equal(60m, await server.NetAsync("disorder@example.com"));
    }

    [Fact]
    public async Task A_refund_that_comes_before_its_order_waits_for_it()
    {
        using var refund = await server.ShopifyAsync("refunds/create", Refund(41));
        Assert.Equal((200, 1, 0), await VerdictAsync(refund));
        using var order = await server.ShopifyAsync("orders/create", Order("waits", 41));
        Assert.Equal(60m, await server.NetAsync("waits@example.com"));
    }

    [Fact]
    public async Task A_call_that_cannot_count_is_answered_kept_and_counts_when_it_is_mended()
    {
        var body = Order("mended", 51).Replace("\"100.00\"", "\"many\"", StringComparison.Ordinal);
        for (var i = 0; i < 2; i++)
        {
            using var refused = await server.ShopifyAsync("orders/create", body);
            Assert.Equal((200, 0, 0), await VerdictAsync(refused));
        }

        var letter = (await LettersAsync("shopify")).Single(
            l => l.GetProperty("event").GetString()!.Contains("mended@", StringComparison.Ordinal));
        Assert.Equal("invalid_money", letter.GetProperty("code").GetString());
        Assert.Contains("subtotal_price", letter.GetProperty("message").GetString(), StringComparison.Ordinal);
        var path = $"api/v1/dead-letters/{letter.GetProperty("id").GetInt64()}/replay";
        using var still = await server.Http.PostAsync(path, null);
        Assert.Equal(1, (await still.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("quarantined").GetArrayLength());
        using var mended = await server.Http.PostAsync(
            path, new StringContent(letter.GetProperty("event").GetString()!.Replace("\"many\"", "\"100.00\"", StringComparison.Ordinal)));
        Assert.Equal((200, 1, 0), await VerdictAsync(mended));
        Assert.Equal(100m, await server.NetAsync("mended@example.com"));
    }

    [Theory]
    [InlineData("orders/create", "", "invalid_json")]
    [InlineData("orders/create", "<xml/>", "invalid_json")]
    [InlineData("orders/create", "[1]", "invalid_body")]
    [InlineData("customers/update", "{}", "missing_user_id")]
    [InlineData("", "{}", "missing_topic")]
    public async Task A_broken_body_with_a_right_signature_is_kept(string topic, string body, string code)
    {
        using var reply = await server.ShopifyAsync(topic, body);
        Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
        Assert.Equal(
            code, Assert.Single((await reply.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("quarantined").EnumerateArray())
                .GetProperty("code").GetString());
    }

    [Fact]
    public async Task A_body_of_megabytes_is_judged_and_one_beyond_the_limit_is_not_read()
    {
        var large = Order("large", 61).Insert(1, $"\"note\":\"{new string('x', 3_000_000)}\",");
        using var judged = await server.ShopifyAsync("orders/create", large);
        Assert.Equal((200, 1, 0), await VerdictAsync(judged));
        using var refused =
            await server.ShopifyAsync("orders/create", Order("larger", 62).Insert(1, $"\"note\":\"{new string('x', 5_000_000)}\","));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, refused.StatusCode);
        using var deep = await server.ShopifyAsync("orders/create", new string('[', 100_000));
        Assert.Equal(HttpStatusCode.OK, deep.StatusCode);
    }

    [Fact]
    public async Task A_test_order_is_seen_and_does_not_count()
    {
        var before = await server.CountAsync("shopify", "noted", "test_order");
        using var reply = await server.ShopifyAsync("orders/create", Order("tested", 71).Insert(1, "\"test\":true,"));
        Assert.Equal((200, 0, 0), await VerdictAsync(reply));
        Assert.Equal(before + 1, await server.CountAsync("shopify", "noted", "test_order"));
        using var unknown = await server.Http.GetAsync("api/v1/customers/tested%40example.com");
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
    }

    [Fact]
    public async Task A_privacy_request_is_kept_once_with_the_day_by_which_it_is_due_and_an_erasure_is_done()
    {
        foreach (var topic in (string[])["customers/data_request", "customers/redact", "customers/redact"])
        {
            using var reply = await server.ShopifyAsync(topic, """{"shop_id":954889,"customer":{"id":7,"email":"Asks@example.com"}}""");
            Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
        }

        var requests = await RequestsAsync();
        Assert.Equal(["CustomerData", "CustomerErasure"], requests.Select(r => r.GetProperty("kind").GetString()));
        Assert.Equal("asks@example.com", requests[0].GetProperty("customer").GetString());
        Assert.All(requests, r => Assert.Equal(
            TimeSpan.FromDays(30), r.GetProperty("dueAt").GetDateTimeOffset() - r.GetProperty("receivedAt").GetDateTimeOffset()));
        while (requests.Exists(r => r.GetProperty("doneAt").ValueKind == JsonValueKind.Null))
        {
            await Pause.ShortAsync();
            requests = await RequestsAsync();
        }

        // Nothing is held any more that could be told.
        Assert.All(requests, r => Assert.Equal(
            ("{}", JsonValueKind.Null), (r.GetProperty("request").GetString(), r.GetProperty("customer").ValueKind)));
    }

    private async Task<List<JsonElement>> RequestsAsync() =>
        [.. (await server.GetAsync("api/v1/privacy-requests")).GetProperty("requests").EnumerateArray()];

    [Fact]
    public async Task A_changed_address_stays_one_person()
    {
        using var order = await server.ShopifyAsync("orders/create", Order("before", 81));
        using var known = await server.ShopifyAsync(
            "customers/update", """{"id":881,"email":"before@example.com","updated_at":"2026-02-01T10:00:00Z"}""");
        using var changed =
            await server.ShopifyAsync("customers/update", """{"id":881,"email":"after@example.com","updated_at":"2026-03-01T10:00:00Z"}""");
        using var next = await server.ShopifyAsync("orders/create", Order("after", 82));
        Assert.Equal((200m, 200m), (await server.NetAsync("before@example.com"), await server.NetAsync("after@example.com")));
    }

    [Fact]
    public async Task WooCommerce_may_try_its_address_without_a_signature()
    {
        using var ping = await server.PostAsync("webhooks/woo", "webhook_id=142"u8.ToArray());
        Assert.Equal(HttpStatusCode.OK, ping.StatusCode);
        Assert.Equal(1, await server.CountAsync("woo", "noted", "ping"));
        using var other = await server.PostAsync("webhooks/woo", "webhook_id=142&x=1"u8.ToArray());
        using var shopify = await server.PostAsync("webhooks/shopify", "webhook_id=142"u8.ToArray());
        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized), (other.StatusCode, shopify.StatusCode));
    }

    [Fact]
    public async Task An_address_of_no_shop_is_told()
    {
        using var reply = await server.PostAsync("webhooks/google", "{}"u8.ToArray());
        Assert.Equal(HttpStatusCode.NotFound, reply.StatusCode);
        Assert.Equal("unknown_source", (await reply.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString());
    }

    internal static string Order(
        string customer, long id, string updatedAt = "2026-02-03T10:00:01Z", string status = "paid", string? refund = null) => $$"""
        {"id":{{id}},"email":"{{customer}}@example.com","processed_at":"2026-02-03T10:00:00Z","updated_at":"{{updatedAt}}","currency":"USD",
         "financial_status":"{{status}}","subtotal_price":"100.00","total_price":"130.00","line_items":[{"sku":"CH","price":"50.00","quantity":2}],
         "refunds":[{{refund}}]}
        """;

    private static string Refund(long order) => $$"""
        {"id":{{order}}9,"order_id":{{order}},"created_at":"2026-02-05T10:00:00Z","transactions":[{"kind":"refund","status":"success","amount":"48.00"}],
         "refund_line_items":[{"subtotal":40,"total_tax":8}]}
        """;

    private static async Task<(int Status, int Accepted, int Duplicates)> VerdictAsync(HttpResponseMessage reply)
    {
        var verdict = await reply.Content.ReadFromJsonAsync<JsonElement>();
        return ((int)reply.StatusCode, verdict.GetProperty("accepted").GetInt32(), verdict.GetProperty("duplicates").GetInt32());
    }

    private async Task<IEnumerable<JsonElement>> LettersAsync(string source) =>
        (await server.GetAsync($"api/v1/dead-letters?source={source}&open=true&limit=1000")).GetProperty("letters").EnumerateArray();

    private static string Sample(string name) => SharedData.Find(Path.Combine("fixtures", "samples", name));
}
