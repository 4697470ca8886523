using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ClvOrleans.Server.Tests.Intake;

/// <summary>Hostile and ordinary input that others have collected, sent to the real executable.</summary>
[Collection<IntakeTests>]
public sealed class CorporaTests(IntakeServer server)
{
    // The corpus accepts placeholder ids and leaves them to a limit of merges. Here they are refused at once: by the time a limit is
    // reached, strangers have been one customer.
    private const string Disputed = "placeholder-id:";

    [Fact]
    public async Task Every_hostile_body_gets_its_verdict_and_damages_nothing()
    {
        await using var clv = await KeyedServerAsync();
        var wrong = new List<string>();
        foreach (var line in File.ReadLines(SharedData.Find("fixtures/hostile/hostile-events.jsonl")))
        {
            using var document = JsonDocument.Parse(line, new JsonDocumentOptions { MaxDepth = 1_000 });
            var test = document.RootElement;
            var name = test.GetProperty("name").GetString()!;
            var expected = name.StartsWith(Disputed, StringComparison.Ordinal) ? "quarantine" : test.GetProperty("expect").GetString()!;
            var verdict = await SendHostileAsync(clv.Http, test);
            if (!expected.StartsWith(verdict, StringComparison.Ordinal))
            {
                wrong.Add($"{name}: {verdict} instead of {expected}");
            }
        }

        Assert.Empty(wrong);
        await clv.SendAsync(Tracked.Order("after", "after", 7m));
        Assert.Equal(7m, (await clv.ClvAsync("after")).GetProperty("historic").GetProperty("net").GetDecimal());
        Assert.Equal(await SumOfCustomersAsync(clv.Http), await SumOfSegmentsAsync(clv.Http));
    }

    [Fact]
    public async Task Naughty_strings_are_kept_exactly_or_refused_by_name()
    {
        var naughty =
            JsonSerializer.Deserialize<string[]>(await File.ReadAllTextAsync(SharedData.Find("fixtures/naughty-strings/blns.json")))!;
        var events = naughty.SelectMany((text, i) => new object[]
        {
            new { type = "identify", userId = text, messageId = $"naughty-{i}-user", traits = new { name = text } },
            new { type = "page", anonymousId = text, messageId = $"naughty-{i}-visitor", name = text },
            new
            {
                type = "track", @event = text, userId = $"naughty-{i}", messageId = $"naughty-{i}-event",
                properties = new { query = text, order_id = text, products = new[] { new { product_id = text, category = text } } },
            },
            new { type = "track", @event = "Order Completed", userId = $"naughty-{i}", messageId = $"naughty-{i}-order", properties = new
            {
                order_id = text,
                revenue = 1,
            } },
        }).ToArray();
        var reply = await server.SendAsync(events);
        var refused = reply.GetProperty("quarantined").EnumerateArray()
            .ToDictionary(q => q.GetProperty("index").GetInt32(), q => q.GetProperty("code").GetString()!);
        Assert.Subset(
            new HashSet<string>(
            [
                "missing_user_id", "placeholder_user_id", "invalid_id", "invalid_event_name", "missing_order_id", "placeholder_order_id",
                "invalid_order_id", "rounded_id",
            ]),
            refused.Values.ToHashSet());

        // Those that stand for nobody, are blank, or too long; all others are there.
        Assert.InRange(refused.Count, 4, events.Length / 5);
        for (var i = 0; i < naughty.Length; i++)
        {
            var text = naughty[i].Trim();
            if (!refused.ContainsKey(4 * i))
            {
                var user = await server.ProfileAsync(text);
                Assert.Equal(text, user.GetProperty("customer").GetString());
                Assert.Equal(Description(text), user.GetProperty("traits").GetProperty("name").GetString());
            }
        }
    }

    [Theory]
    [InlineData("cap-segment-node.json")]
    [InlineData("cap-segment-browser-cdnurl.json")]
    [InlineData("cap-rudder-node-gzip.json")]
    [InlineData("cap-rudder-node-plain.json")]
    [InlineData("cap-rudder-browser.json")]
    public async Task What_the_published_clients_sent_is_taken_byte_for_byte_and_counted_once(string file)
    {
        await using var clv = await KeyedServerAsync();
        var requests = Captures(file);
        var accepted = 0;
        foreach (var request in requests)
        {
            accepted += (await ReplayAsync(clv.Http, request)).Accepted;
        }

        Assert.Equal(requests.Sum(r => r.Events), accepted);
        var repeated = 0;
        foreach (var request in requests)
        {
            var (again, duplicates) = await ReplayAsync(clv.Http, request);
            Assert.Equal(0, again);
            repeated += duplicates;
        }

        Assert.Equal(accepted, repeated);
    }

    // Settings given in the page without a key: the client sends none at all, so nothing tells whose events they are.
    [Fact]
    public async Task What_a_client_without_a_key_sent_is_refused()
    {
        await using var clv = await KeyedServerAsync();
        using var reply = await SendAsync(clv.Http, Assert.Single(Captures("cap-segment-browser-cdnsettings-batching.json")));
        Assert.Equal(HttpStatusCode.Unauthorized, reply.StatusCode);
    }

    [Fact]
    public async Task All_ecommerce_events_of_a_shop_count_as_what_they_are()
    {
        var events = File.ReadLines(SharedData.Find("fixtures/samples/segment-ecommerce-v2-all-events.jsonl"))
            .Select(
                l => JsonNode.Parse(
                    l.Replace("cust-1", "shopper", StringComparison.Ordinal).Replace("anon-1", "shopper-a", StringComparison.Ordinal)
                        .Replace("\"1001\"", "\"shopper-1\"", StringComparison.Ordinal)
                        .Replace("\"1002\"", "\"shopper-2\"", StringComparison.Ordinal))!).ToArray<object>();
        await server.SendAsync(events);
        var profile = await server.ProfileAsync("shopper");
        var counts = profile.GetProperty("features").GetProperty("counts").EnumerateObject().Select(c => c.Name).ToHashSet();
        Assert.DoesNotContain("Activity", counts);
        Assert.Superset(
            new HashSet<string>(
                ["ProductsSearched", "PromotionClicked", "CouponDenied", "CartShared", "ProductReviewed", "OrderCompleted"]), counts);
        var social = profile.GetProperty("features").GetProperty("social").EnumerateArray();
        Assert.Equal(5m, social.Single(f => f.GetProperty("name").GetString() == "meanRating").GetProperty("value").GetDecimal());
        Assert.Equal(22.5m - 12.5m, await server.NetAsync("shopper"));
    }

    [Fact]
    public async Task Mutations_of_what_clients_send_never_break_anything()
    {
        await using var clv = await KeyedServerAsync();
        string[] files = [
            "cap-segment-node.json", "cap-segment-browser-cdnurl.json", "cap-rudder-node-plain.json", "cap-rudder-browser.json"
        ];
        var captures = files.SelectMany(Captures).Where(c => c.Body.Length > 0).ToArray();
        var random = new Random(4711);
        for (var i = 0; i < 600; i++)
        {
            var capture = captures[random.Next(captures.Length)];
            using var reply = await SendAsync(clv.Http, capture with { Body = Mutation.Of(capture.Body, random) });
            Assert.True(
                (int)reply.StatusCode is 200 or 400 or 401 or 413,
                $"{(int)reply.StatusCode} at mutation {i}: {await reply.Content.ReadAsStringAsync()}");
        }

        await clv.SendAsync(Tracked.Order("after", "after", 7m));
        Assert.Equal(7m, (await clv.ClvAsync("after")).GetProperty("historic").GetProperty("net").GetDecimal());
        Assert.Equal(await SumOfCustomersAsync(clv.Http), await SumOfSegmentsAsync(clv.Http));
    }

    private static string? Description(string text)
    {
        var kept = text.Replace("\0", "", StringComparison.Ordinal).Trim();
        return kept.Length > 200 ? kept[..200] : kept;
    }

    private static async Task<string> SendHostileAsync(HttpClient http, JsonElement test)
    {
        var body = test.TryGetProperty("raw_b64", out var raw)
            ? raw.GetBytesFromBase64()
            : Encoding.UTF8.GetBytes($$"""{"writeKey":"WK","batch":[{{OfItsOwnOrder(test)}}]}""");
        using var request = new HttpRequestMessage(HttpMethod.Post, "v1/batch") { Content = new ByteArrayContent(body) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String("WK:"u8));
        if (test.TryGetProperty("headers", out var headers))
        {
            foreach (var header in headers.EnumerateObject())
            {
                request.Content.Headers.TryAddWithoutValidation(header.Name, header.Value.GetString());
            }
        }

        using var reply = await http.SendAsync(request);
        if (reply.StatusCode != HttpStatusCode.OK)
        {
            return string.Create(CultureInfo.InvariantCulture, $"reject-{(int)reply.StatusCode}");
        }

        using var verdict = JsonDocument.Parse(await reply.Content.ReadAsByteArrayAsync());
        return verdict.RootElement.GetProperty("accepted").GetInt32() == 1 ? "accept"
            : verdict.RootElement.GetProperty("duplicates").GetInt32() == 1 ? "duplicate" : "quarantine";
    }

    // All cases name order 1001. It counts once, so that only those about that very order may share it.
    private static string OfItsOwnOrder(JsonElement test)
    {
        var e = test.GetProperty("event").GetRawText();
        return test.GetProperty("area").GetString() is "dup" or "order"
            ? e
            : e.Replace("\"1001\"", JsonSerializer.Serialize("1001 of " + test.GetProperty("name").GetString()), StringComparison.Ordinal);
    }

    private static async Task<RunningClv> KeyedServerAsync()
    {
        var folder = ClvProcess.NewFolder();
        await File.WriteAllTextAsync(Path.Combine(folder, "store.json"), IntakeServer.Settings);
        return await ClvInProcess.ServeAsync(folder);
    }

    private static Capture[] Captures(string file)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(SharedData.Find($"fixtures/wire-captures/{file}")));
        return [.. document.RootElement.EnumerateArray().Select(Capture.Read)];
    }

    private static async Task<(int Accepted, int Duplicates)> ReplayAsync(HttpClient http, Capture capture)
    {
        using var reply = await SendAsync(http, capture);
        Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
        using var json = JsonDocument.Parse(await reply.Content.ReadAsByteArrayAsync());
        return capture.Events == 0
            ? (0, 0)
            : (json.RootElement.GetProperty("accepted").GetInt32(), json.RootElement.GetProperty("duplicates").GetInt32());
    }

    private static async Task<HttpResponseMessage> SendAsync(HttpClient http, Capture capture)
    {
        using var request = new HttpRequestMessage(new HttpMethod(capture.Method), capture.Path);
        if (capture.Body.Length > 0)
        {
            request.Content = new ByteArrayContent(capture.IsZipped ? IntakeServer.Zip(capture.Body) : capture.Body);
        }

        foreach (var (name, value) in capture.Headers)
        {
            if (!request.Headers.TryAddWithoutValidation(name, value))
            {
                request.Content?.Headers.TryAddWithoutValidation(name, value);
            }
        }

        return await http.SendAsync(request);
    }

    private static async Task<decimal> SumOfSegmentsAsync(HttpClient http)
    {
        using var report = JsonDocument.Parse(await http.GetStringAsync("api/v1/segments"));
        return report.RootElement.GetProperty("segments").EnumerateArray().Sum(s => s.GetProperty("historicValue").GetDecimal());
    }

    private static async Task<decimal> SumOfCustomersAsync(HttpClient http)
    {
        using var page = JsonDocument.Parse(await http.GetStringAsync("api/v1/customers?limit=1000"));
        var sum = 0m;
        foreach (var customer in page.RootElement.GetProperty("customers").EnumerateArray())
        {
            using var value = JsonDocument.Parse(
                await http.GetStringAsync($"api/v1/customers/{Uri.EscapeDataString(customer.GetProperty("customer").GetString()!)}/clv"));
            sum += value.RootElement.GetProperty("historic").GetProperty("net").GetDecimal();
        }

        return sum;
    }
}
