using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;

namespace ClvOrleans.Server.Tests.Api;

/// <summary>A store with pseudonyms, as its shop uses it: by its own ids.</summary>
public sealed class PseudonymApiTests(PseudonymFixture fixture) : IClassFixture<PseudonymFixture>
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_shop_asks_by_its_own_ids_and_is_answered_with_pseudonyms()
    {
        await fixture.Clv.SendAsync(ClvFixture.Order("Anna@Shop.example", "a1", 20), ClvFixture.Order("anna@shop.example", "a2", 30));
        var pseudonym = await OfAsync("anna@shop.example");
        Assert.Matches("^p_[0-9a-f]{40}$", pseudonym);
        foreach (var id in (string[])["anna@shop.example", "ANNA@shop.example", pseudonym])
        {
            var answer = await fixture.GetAsync($"api/v1/customers/{Uri.EscapeDataString(id)}/clv");
            Assert.Equal(pseudonym, answer.GetProperty("customer").GetString());
            Assert.Equal(50m, answer.GetProperty("historic").GetProperty("net").GetDecimal());
        }

        // What goes out comes in again.
        await fixture.Clv.SendAsync(ClvFixture.Order(pseudonym, "a3", 1));
        Assert.Equal(51m, (await fixture.Clv.ClvAsync("anna@shop.example")).GetProperty("historic").GetProperty("net").GetDecimal());
    }

    [Fact]
    public async Task The_key_of_the_store_makes_the_pseudonyms_that_the_document_describes()
    {
        var key = Convert.FromHexString((await fixture.GetAsync("api/v1/pseudonyms/key")).GetProperty("key").GetString()!);
        Assert.Equal(32, key.Length);
        Assert.Equal(Documented("id:17"), await OfAsync("17"));
        Assert.Equal(Documented("id:zoë@example.com"), await OfAsync("Zoë@example.com"));
        var (_, orders) = await fixture.SendAsync(HttpMethod.Post, "api/v1/pseudonyms", """{"orders":["1001"]}""");
        Assert.Equal(Documented("order:1001"), orders.GetProperty("orders").GetProperty("1001").GetString());

        string Documented(string text)
        {
            var hash = Hmac(text)[..32];
            return $"p_{hash}{Hmac($"tag:{hash}")[..8]}";
        }

        string Hmac(string text) => Convert.ToHexStringLower(
            System.Security.Cryptography.HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text)));
    }

    [Theory]
    [InlineData("{}", "1 to 10,000 ids were expected in ids and orders.")]
    [InlineData("""{"ids":[" "]}""", "ids must be an array of ids, each a text that is not blank.")]
    [InlineData("""{"names":["x"]}""", "ids and orders")]
    public async Task A_question_for_pseudonyms_that_names_none_is_refused(string body, string message) => Assert.Contains(
        message, await fixture.RefusedAsync(400, "invalid_ids", "api/v1/pseudonyms", HttpMethod.Post, body), StringComparison.Ordinal);

    [Fact]
    public async Task Lists_consents_decisions_and_transitions_take_the_shops_ids()
    {
        await fixture.Clv.SendAsync(ClvFixture.Order("lena", "l1", 20));
        var (listed, _) = await fixture.SendAsync(HttpMethod.Post, "api/v1/lists/vip/customers", """{"add":["lena"]}""");
        var (consented, reply) = await fixture.SendAsync(HttpMethod.Put, "api/v1/customers/lena/consents", """{"email":true}""");
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (listed, consented));
        Assert.Equal(await OfAsync("lena"), reply.GetProperty("customer").GetString());
        Assert.Contains("vip", (await fixture.GetAsync("api/v1/lists")).GetRawText(), StringComparison.Ordinal);
        foreach (var path in (string[])["decisions?customer=lena", "decisions?customer=c:lena", "transitions?customer=lena",
            "outcomes?customer=lena"])
        {
            await fixture.GetAsync($"api/v1/{path}");
        }
    }

    [Fact]
    public async Task Whoever_asks_by_id_or_by_pseudonym_is_found_in_the_audit_log_by_either()
    {
        await fixture.Clv.SendAsync(ClvFixture.Order("audited", "u1", 20));
        var pseudonym = await OfAsync("audited");
        await fixture.GetAsync("api/v1/customers/audited/clv");
        await fixture.GetAsync($"api/v1/customers/{pseudonym}/clv");
        foreach (var id in (string[])["audited", pseudonym])
        {
            var entries = (await fixture.GetAsync($"api/v1/audit?customer={id}")).GetProperty("entries").EnumerateArray();
            Assert.InRange(entries.Sum(e => e.GetProperty("count").GetInt32()), 2, 100);
        }
    }

    [Fact]
    public async Task Who_was_erased_and_suppressed_by_the_shops_id_stays_away()
    {
        await fixture.Clv.SendAsync(ClvFixture.Order("leaves@shop.example", "e1", 20, "2026-01-01T00:00:00Z"));
        var (_, begun) = await fixture.SendAsync(
            HttpMethod.Post, "api/v1/regulations",
            """{"regulationType":"SUPPRESS_WITH_DELETE","subjectType":"USER_ID","subjectIds":["Leaves@shop.example"]}""");
        var id = begun.GetProperty("data").GetProperty("regulateId").GetString();
        JsonElement ended;
        do
        {
            await Pause.ShortAsync();
            ended = (await fixture.GetAsync($"api/v1/regulations/{id}")).GetProperty("data").GetProperty("regulation");
        }
        while (ended.GetProperty("overallStatus").GetString() is "INITIALIZED" or "RUNNING");

        Assert.Equal(1, ended.GetProperty("result").GetProperty("found").GetInt32());
        await fixture.RefusedAsync(404, "unknown_customer", "api/v1/customers/leaves%40shop.example/clv");
        var late = await fixture.Clv.SendAsync(
            ClvFixture.Order("leaves@shop.example", "e2", 20),
            ClvFixture.Order("stranger", "e1", 20), // Their order.
            new
            {
                type = "identify",
                userId = "18",
                messageId = "late-traits",
                timestamp = "2026-01-01T00:00:00Z",
                traits = new { email = "LEAVES@shop.example" }, // Their address.
            });
        Assert.Equal(
            ["erased", "erased", "erased"], late.GetProperty("notes").EnumerateArray().Select(n => n.GetProperty("code").GetString()));
    }

    [Fact]
    public async Task A_refused_event_leaves_its_reason_and_is_replayed_with_the_corrected_event()
    {
        var reply = await fixture.Clv.SendAsync(new
        {
            type = "track",
            @event = "Order Completed",
            userId = "mended",
            messageId = "mended-1",
            timestamp = "2026-01-01T00:00:00Z",
            properties = new { order_id = "mended-1", revenue = "much" },
        });
        var code = reply.GetProperty("quarantined")[0].GetProperty("code").GetString();
        var letter = (await fixture.GetAsync($"api/v1/dead-letters?code={code}")).GetProperty("letters").EnumerateArray().Last();
        Assert.DoesNotContain("mended", letter.GetRawText(), StringComparison.Ordinal);
        Assert.DoesNotContain("much", letter.GetRawText(), StringComparison.Ordinal);

        var path = string.Create(CultureInfo.InvariantCulture, $"api/v1/dead-letters/{letter.GetProperty("id").GetInt64()}/replay");
        Assert.Contains("the store has pseudonyms", await fixture.RefusedAsync(422, "incomplete_letter", path, HttpMethod.Post),
            StringComparison.Ordinal);
        const string Corrected =
            """{"type":"track","event":"Order Completed","userId":"mended","properties":{"order_id":"mended-1","revenue":12}}""";
        var (_, mended) = await fixture.SendAsync(HttpMethod.Post, path, Corrected);
        Assert.Equal(1, mended.GetProperty("accepted").GetInt32());

        // Sent again by the client, under its own message id, it is known.
        var again = await fixture.Clv.SendAsync(new
        {
            type = "track",
            @event = "Order Completed",
            userId = "mended",
            messageId = "mended-1",
            timestamp = "2026-01-01T00:00:00Z",
            properties = new { order_id = "mended-1", revenue = 12 },
        });
        Assert.Equal(1, again.GetProperty("duplicates").GetInt32());
    }

    [Fact]
    public async Task A_policy_that_sends_email_is_refused_and_told_the_way_out()
    {
        const string Policy = """
            { "id": "mails", "when": { "event": "OrderCompleted" }, "budget": { "amount": 1 },
              "do": { "channel": "email", "topic": "thanks", "cost": 0, "effect": { "amount": 1 },
                "payload": { "subject": "Thanks", "text": "Thank you." } } }
            """;
        Assert.Contains(
            "The store has pseudonyms and knows no addresses, so it sends no e-mail: use \"webhook\"",
            await fixture.RefusedAsync(400, "invalid_policy", "api/v1/policies/mails", HttpMethod.Put, Policy), StringComparison.Ordinal);
        var (status, _) = await fixture.SendAsync(HttpMethod.Put, "api/v1/policies/calls", Policy
            .Replace("mails", "calls", StringComparison.Ordinal).Replace("\"email\"", "\"webhook\"", StringComparison.Ordinal)
            .Replace(
                "\"subject\": \"Thanks\", \"text\": \"Thank you.\"", "\"url\": \"https://shop.example/hook\"", StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.OK, status);
    }

    [Fact]
    public async Task The_store_says_that_it_has_pseudonyms_and_not_the_key()
    {
        var key = (await fixture.GetAsync("api/v1/pseudonyms/key")).GetProperty("key").GetString()!;
        var store = await fixture.Clv.Http.GetStringAsync("api/v1/stores/shop", Cancelled);
        Assert.Contains("\"pseudonyms\":true", store, StringComparison.Ordinal);
        Assert.DoesNotContain(key, store, StringComparison.Ordinal);
    }

    private async Task<string> OfAsync(string id)
    {
        var (_, reply) = await fixture.SendAsync(
            HttpMethod.Post, "api/v1/pseudonyms", JsonSerializer.Serialize(new { ids = (string[])[id] }));
        return reply.GetProperty("ids").GetProperty(id).GetString()!;
    }
}
