using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace ClvOrleans.Server.Tests.Intake;

/// <summary>Refused events are seen, mended and sent again.</summary>
[Collection<IntakeTests>]
public sealed class DeadLetterTests(IntakeServer server)
{
    [Fact]
    public async Task A_verdict_names_the_event_and_the_field()
    {
        var reply = await server.SendAsync(
            Order("names", "names-1", 5), new
            {
                type = "track",
                @event = "Order Completed",
                userId = "names",
                messageId = "names-2",
                properties = new
                {
                    order_id = "names-2",
                    products = new object[] { new { price = 1 }, new { price = 2 }, new { price = "three" } },
                }
            });
        var verdict = Assert.Single(reply.GetProperty("quarantined").EnumerateArray().ToArray());
        Assert.Equal(
            (1, "names-2", "invalid_money"),
            (verdict.GetProperty("index").GetInt32(), verdict.GetProperty("messageId").GetString(), verdict.GetProperty("code")
                .GetString()));
        Assert.StartsWith("properties.products[2].price ", verdict.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_read_otherwise_than_it_was_sent_is_noted()
    {
        var reply = await server.SendAsync(
            new
            {
                type = "page",
                userId = "guest",
                anonymousId = "noted",
                messageId = "noted-1",
                timestamp = "2999-01-01",
                sentAt = "2999-01-01",
            });
        Assert.Equal(
            ["placeholder_user_id", "clock_ahead"],
            reply.GetProperty("notes").EnumerateArray().Select(n => n.GetProperty("code").GetString()));
    }

    [Fact]
    public async Task A_letter_is_kept_once_however_often_it_comes()
    {
        await server.SendAsync(Order("once", "once-1", -1));
        await server.SendAsync(Order("once", "once-1", -1), Order("once", "once-1", -1));
        Assert.Single(await LettersAsync("once-1"));
    }

    [Fact]
    public async Task A_corrected_event_counts_at_the_time_when_it_happened_and_once()
    {
        // A client that was offline for some hours; one of months would be a clock that is wrong.
        var happened = DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().AddHours(-8).ToUnixTimeSeconds());
        using (var sent = await server.PostAsync(
            "v1/batch",
            $$$"""
            {"writeKey":"WK","sentAt":"{{{happened.AddHours(7):O}}}","context":{"campaign":{"source":"spring"}},"batch":[
              {"type":"track","event":"Order Completed","userId":"mended","messageId":"mended-1","timestamp":"{{{happened:O}}}",
               "properties":{"order_id":"mended-1","revenue":"12,50"}}]}
            """))
        {
            Assert.Equal(HttpStatusCode.OK, sent.StatusCode);
        }

        var letter = Assert.Single(await LettersAsync("mended-1"));
        Assert.Equal(("web", "invalid_money"), (letter.GetProperty("source").GetString(), letter.GetProperty("code").GetString()));
        var id = letter.GetProperty("id").GetInt64();
        Assert.Equal(0, (await ReplayAsync(id)).GetProperty("accepted").GetInt32());

        var corrected = letter.GetProperty("event").GetString()!.Replace("12,50", "12.50", StringComparison.Ordinal)
            .Replace("\"messageId\":\"mended-1\"", "\"messageId\":\"other\"", StringComparison.Ordinal);
        Assert.Equal(1, (await ReplayAsync(id, corrected)).GetProperty("accepted").GetInt32());
        Assert.Equal(
            1,
            (await ReplayAsync(
                id, corrected.Replace(
                    "order_id\":\"mended-1", "order_id\":\"mended-2", StringComparison.Ordinal))).GetProperty("duplicates").GetInt32());

        Assert.Equal(12.5m, await server.NetAsync("mended"));
        var profile = await server.ProfileAsync("mended");
        Assert.Equal("spring", profile.GetProperty("campaign").GetString());
        Assert.Equal(
            happened, Assert.Single(profile.GetProperty("lastEvents").EnumerateArray().ToArray()).GetProperty("at").GetDateTimeOffset());
        Assert.NotEqual(JsonValueKind.Null, (await server.GetAsync($"api/v1/dead-letters/{id}")).GetProperty("replayedAt").ValueKind);
    }

    [Fact]
    public async Task An_event_without_any_time_keeps_the_time_of_its_first_arrival()
    {
        await server.SendAsync(Order("arrival", "arrival-1", -1));
        var letter = Assert.Single(await LettersAsync("arrival-1"));
        await ReplayAsync(
            letter.GetProperty("id").GetInt64(), letter.GetProperty("event").GetString()!.Replace("-1}", "1}", StringComparison.Ordinal));
        Assert.Equal(
            letter.GetProperty("receivedAt").GetDateTimeOffset(),
            (await server.ProfileAsync("arrival")).GetProperty("lastEvents")[0].GetProperty("at").GetDateTimeOffset());
    }

    [Fact]
    public async Task Letters_are_listed_by_code_and_time_in_pages_replayed_together_and_discarded()
    {
        for (var i = 0; i < 5; i++)
        {
            await server.SendAsync(new { type = "merge", userId = "pages", messageId = $"pages-{i}" });
        }

        var first = await server.GetAsync("api/v1/dead-letters?code=invalid_type&open=true&limit=3");
        var second = await server.GetAsync(
            $"api/v1/dead-letters?code=invalid_type&open=true&limit=3&cursor={first.GetProperty("next").GetString()}");
        Assert.Equal((3, 2), (first.GetProperty("letters").GetArrayLength(), second.GetProperty("letters").GetArrayLength()));
        Assert.Equal(JsonValueKind.Null, second.GetProperty("next").ValueKind);
        var open = first.GetProperty("open").EnumerateArray().Single(o => o.GetProperty("code").GetString() == "invalid_type");
        Assert.Equal(("web", 5), (open.GetProperty("source").GetString(), open.GetProperty("letters").GetInt32()));
        Assert.Empty(
            (await server.GetAsync("api/v1/dead-letters?code=invalid_type&since=2999-01-01")).GetProperty("letters").EnumerateArray());
        Assert.Empty((await server.GetAsync("api/v1/dead-letters?code=invalid_type&source=node")).GetProperty("letters").EnumerateArray());

        using var many = await server.PostAsync("api/v1/dead-letters/replay?code=invalid_type", "");
        var replayed = await many.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal((0, 5), (replayed.GetProperty("accepted").GetInt32(), replayed.GetProperty("refused").GetInt32()));

        var id = first.GetProperty("letters")[0].GetProperty("id").GetInt64();
        using var discarded = await server.Http.DeleteAsync($"api/v1/dead-letters/{id}");
        using var gone = await server.Http.GetAsync($"api/v1/dead-letters/{id}");
        using var again = await server.Http.DeleteAsync($"api/v1/dead-letters/{id}");
        Assert.Equal(
            (HttpStatusCode.NoContent, HttpStatusCode.NotFound, HttpStatusCode.NotFound),
            (discarded.StatusCode, gone.StatusCode, again.StatusCode));
    }

    [Fact]
    public async Task Letters_of_a_code_are_discarded_together_and_never_all_by_mistake()
    {
        await server.SendAsync(
            Enumerable.Range(0, 70).Select(i => (object)new { type = "group", userId = "many", messageId = $"many-{i}" }).ToArray());
        await server.SendAsync(new { type = "identify", messageId = "many-kept" });
        using var unfiltered = await server.Http.DeleteAsync("api/v1/dead-letters");
        using var discarded = await server.Http.DeleteAsync("api/v1/dead-letters?code=missing_user_id&source=web&since=2999-01-01");
        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.OK), (unfiltered.StatusCode, discarded.StatusCode));
        Assert.Equal(0, (await discarded.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("discarded").GetInt64());
        Assert.All(
            (await server.GetAsync("api/v1/dead-letters")).GetProperty("open").EnumerateArray().ToArray(),
            count => Assert.Equal(0, count.GetProperty("beyond").GetInt64()));
    }

    [Fact]
    public async Task Of_a_huge_event_the_beginning_is_kept_and_the_whole_can_be_sent_as_its_correction()
    {
        await server.SendAsync(new { type = "page", userId = "huge", messageId = "huge-1", x = new string('x', 3_000_000) });
        var letter = Assert.Single(await LettersAsync("huge-1"));
        Assert.Equal(64 * 1024, letter.GetProperty("event").GetString()!.Length);
        var path = $"api/v1/dead-letters/{letter.GetProperty("id").GetInt64()}/replay";
        using var alone = await server.PostAsync(path, "");
        using var nonsense = await server.PostAsync(path, "{");
        using var corrected = await server.PostAsync(path, """{"type":"page","userId":"huge"}""");
        Assert.Equal((422, 400, 200), ((int)alone.StatusCode, (int)nonsense.StatusCode, (int)corrected.StatusCode));
        Assert.Equal("huge", (await server.ProfileAsync("huge")).GetProperty("customer").GetString());
    }

    [Theory]
    [InlineData("GET", "api/v1/dead-letters/999999", 404)]
    [InlineData("POST", "api/v1/dead-letters/999999/replay", 404)]
    [InlineData("GET", "api/v1/dead-letters?since=yesterday", 400)]
    [InlineData("GET", "api/v1/dead-letters?cursor=x", 400)]
    public async Task What_is_not_there_or_not_understood_is_said(string method, string path, int status)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        using var reply = await server.Http.SendAsync(request);
        Assert.Equal(status, (int)reply.StatusCode);
    }

    private static object Order(string customer, string order, decimal revenue) =>
        new
        {
            type = "track",
            @event = "Order Completed",
            userId = customer,
            messageId = order,
            properties = new
            {
                order_id = order,
                revenue,
            }
        };

    private async Task<JsonElement[]> LettersAsync(string messageId) =>
        [.. (await server.GetAsync("api/v1/dead-letters?limit=1000")).GetProperty("letters").EnumerateArray()
            .Where(l => l.GetProperty("messageId").GetString() == messageId)];

    private async Task<JsonElement> ReplayAsync(long id, string corrected = "")
    {
        using var reply = await server.Http.PostAsync($"api/v1/dead-letters/{id}/replay", new StringContent(corrected, Encoding.UTF8));
        return await reply.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>();
    }
}
