using System.Text.Json;

namespace ClvOrleans.Server.Tests.Api;

public sealed class ExplanationApiTests(ClvFixture fixture) : IClassFixture<ClvFixture>
{
    [Fact]
    public async Task Both_sums_lead_to_the_value_that_the_customer_has()
    {
        await fixture.Clv.SendAsync(
            ClvFixture.Order("sums", "e1", 12.34m, "2025-01-10T12:00:00Z"),
            new { type = "page", userId = "sums", messageId = "e2", timestamp = "2025-02-01T12:00:00Z" },
            ClvFixture.Order("sums", "e3", 56.78m, "2025-04-01T12:00:00Z"),
            new
            {
                type = "track",
                @event = "Order Refunded",
                userId = "sums",
                timestamp = "2025-04-05T12:00:00Z",
                properties = new
                {
                    order_id = "e3",
                    total = 5,
                }
            });
        foreach (var query in (string[])["", "?asOf=2025-04-03&horizon=90d", "?events=1", "?events=0", "?model=prior"])
        {
            var why = await fixture.GetAsync($"api/v1/customers/sums/explanation{query}");
            var value = why.GetProperty("value").GetDecimal();
            Assert.Equal(
                value, why.GetProperty("baseline").GetProperty("value").GetDecimal() + Sum(why.GetProperty("contributions"), "amount"));
            if (query != "?events=0")
            {
                Assert.Equal(value, why.GetProperty("movedFrom").GetDecimal() + Sum(why.GetProperty("moves"), "change"));
            }

            var clv = await fixture.GetAsync(
                "api/v1/customers/sums/clv" + (query.Contains("events", StringComparison.Ordinal) ? "" : query));
            Assert.Equal(clv.GetProperty("predicted").GetProperty("value").GetDecimal(), value);
            Assert.All(
                ["currency", "asOf", "horizonDays", "modelVersion", "marketVersion", "revision"],
                name => Assert.Equal(clv.GetProperty(name).GetRawText(), why.GetProperty(name).GetRawText()));
        }
    }

    [Fact]
    public async Task The_last_events_are_told_one_by_one_and_what_the_model_does_not_read_in_one_line()
    {
        await fixture.Clv.SendAsync(
            ClvFixture.Order("moved", "m1", 25m, "2025-01-10T12:00:00Z"), ClvFixture.Order("moved", "m2", 25m, "2025-02-09T12:00:00Z"),
            new { type = "page", userId = "moved", messageId = "m3", timestamp = "2025-02-20T12:00:00Z" },
            new { type = "page", userId = "moved", messageId = "m4", timestamp = "2025-02-21T12:00:00Z" });
        var moves = (await fixture.GetAsync("api/v1/customers/moved/explanation?asOf=2025-03-01&events=1")).GetProperty("moves")
            .EnumerateArray().ToArray();
        Assert.Equal(["Event", "Unread", "Time"], moves.Select(m => m.GetProperty("kind").GetString()));
        Assert.Equal(("m2", "OrderCompleted", "2025-02-09"), (
            moves[0].GetProperty("orderId").GetString(), moves[0].GetProperty("event").GetString(),
            moves[0].GetProperty("to").GetString()));
        Assert.Matches(
            @"^Order m2 of 25\.00: \+\d+\.\d\d, because a second purchase makes a next one more likely$",
            moves[0].GetProperty("sentence").GetString());
        Assert.Equal(
            (2, "2 page views: no effect"), (moves[1].GetProperty("events").GetInt32(), moves[1].GetProperty("sentence").GetString()));
        Assert.Matches(@"^20 days passed: -\d+\.\d\d$", moves[2].GetProperty("sentence").GetString());
    }

    [Fact]
    public async Task The_same_question_gives_the_same_bytes_before_and_after_a_restart_and_whatever_arrives_late_has_its_place()
    {
        const string Question = "api/v1/customers/again/explanation?asOf=2025-06-01&horizon=2y";
        await fixture.Clv.SendAsync(
            ClvFixture.Order("again", "g1", 10m, "2025-01-10T12:00:00Z"), ClvFixture.Order("again", "g3", 30m, "2025-05-01T12:00:00Z"));
        await fixture.Clv.SendAsync(ClvFixture.Order("again", "g2", 20m, "2025-03-01T12:00:00Z"));
        var before = await fixture.Clv.Http.GetStringAsync(Question);
        Assert.Equal(before, await fixture.Clv.Http.GetStringAsync(Question));
        await fixture.RestartAsync();
        Assert.Equal(before, await fixture.Clv.Http.GetStringAsync(Question));
        Assert.Equal(["g1", "g2", "g3"], Orders(JsonDocument.Parse(before).RootElement));
    }

    [Fact]
    public async Task What_a_visitor_did_before_they_were_known_is_part_of_the_story()
    {
        await fixture.Clv.SendAsync(new
        {
            type = "track",
            @event = "Order Completed",
            anonymousId = "browser",
            messageId = "v1",
            timestamp = "2025-01-10T12:00:00Z",
            properties = new { order_id = "v1", revenue = 10 },
        });
        await fixture.Clv.SendAsync(ClvFixture.Order("known", "v2", 20m, "2025-02-10T12:00:00Z"));
        await fixture.Clv.SendAsync(new { type = "identify", userId = "known", anonymousId = "browser", messageId = "v3" });
        foreach (var id in (string[])["known", "browser"])
        {
            var why = await fixture.GetAsync($"api/v1/customers/{id}/explanation");
            Assert.Equal("known", why.GetProperty("customer").GetString());
            Assert.Equal(["v1", "v2"], Orders(why));
        }
    }

    [Fact]
    public async Task A_visitor_who_has_bought_nothing_is_told_so()
    {
        await fixture.Clv.SendAsync(new { type = "page", userId = "looks", messageId = "l1" });
        var why = await fixture.GetAsync("api/v1/customers/looks/explanation");
        Assert.Equal(0, why.GetProperty("value").GetDecimal());
        Assert.StartsWith(
            "nothing bought yet", Assert.Single(why.GetProperty("contributions").EnumerateArray()).GetProperty("phrase").GetString(),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a/b")]
    [InlineData("a%2Fb")]
    [InlineData("\"quoted\" 'id'")]
    [InlineData("İstanbul/客户/👩‍👩‍👧")]
    [InlineData("<img src=x onerror=alert(1)>")]
    [InlineData("?events=1#top")]
    public async Task Any_customer_and_any_order_is_named_exactly_as_it_was_sent(string id)
    {
        await fixture.Clv.SendAsync(ClvFixture.Order(id, $"<b>{id}</b>", 10m));
        var why = await fixture.GetAsync((await fixture.GetAsync($"api/v1/customers/{Uri.EscapeDataString(id)}")).GetProperty("links")
            .GetProperty("explanation").GetString()!);
        Assert.Equal(id, why.GetProperty("customer").GetString());
        Assert.StartsWith(
            $"Order <b>{id}</b> of 10.00: +", why.GetProperty("moves")[0].GetProperty("sentence").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("someone", "horizon=0", 400, "invalid_horizon")]
    [InlineData("someone", "asOf=2199-01-01", 400, "invalid_as_of")]
    [InlineData("someone", "events=201", 400, "invalid_events")]
    [InlineData("someone", "events=-1", 400, "invalid_events")]
    [InlineData("someone", "events=all", 400, "invalid_events")]
    [InlineData("someone", "event=1", 400, "unknown_parameter")]
    [InlineData("nobody", "", 404, "unknown_customer")]
    [InlineData("someone", "model=crystal-ball", 404, "unknown_model")]
    [InlineData("someone", "asOf=2025-01-09", 404, "unknown_then")]
    public async Task A_wrong_question_is_refused_with_its_reason(string id, string query, int status, string code)
    {
        await fixture.Clv.SendAsync(ClvFixture.Order("someone", "s1", 10m, "2025-01-10T12:00:00Z"));
        await fixture.RefusedAsync(status, code, $"api/v1/customers/{id}/explanation?{query}");
    }

    private static decimal Sum(JsonElement rows, string name) => rows.EnumerateArray().Sum(r => r.GetProperty(name).GetDecimal());

    private static IEnumerable<string?> Orders(JsonElement why) => why.GetProperty("moves").EnumerateArray()
        .Where(m => m.GetProperty("kind").GetString() == "Event").Select(m => m.GetProperty("orderId").GetString());
}
