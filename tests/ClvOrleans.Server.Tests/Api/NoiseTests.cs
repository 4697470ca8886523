using System.Net;
using System.Text.Json;

namespace ClvOrleans.Server.Tests.Api;

/// <summary>A store with noise tells some reports with it, the same to whoever asks, and no others.</summary>
public sealed class NoiseTests(NoiseFixture fixture) : IClassFixture<NoiseFixture>
{
    private static readonly DateTimeOffset Earlier = DateTimeOffset.UtcNow.AddDays(-60);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Figures_are_of_the_period_that_is_over_and_the_same_in_every_report_and_format_whatever_comes()
    {
        await SendAsync();
        var segments = await fixture.GetAsync("api/v1/segments");
        await SendAsync("n", 40, DateTimeOffset.UtcNow);
        await SendAsync("o", 40, Earlier);

        var risk = await fixture.GetAsync("api/v1/reports/risk");
        var rows = risk.GetProperty("rows").EnumerateArray().ToArray();
        var customers = rows.Sum(r => r.GetProperty("customers").GetInt64());
        Assert.InRange(customers, 20, 60);
        Assert.Equal(customers, segments.GetProperty("total").GetProperty("customers").GetInt64());
        Assert.Equal(
            segments.GetProperty("segments").GetRawText(),
            (await fixture.GetAsync("api/v1/segments")).GetProperty("segments").GetRawText());
        var fresh = segments.GetProperty("segments").EnumerateArray().Single(s => s.GetProperty("name").GetString() == "new");
        Assert.Equal(
            fresh.GetProperty("customers").ToString(),
            (await fixture.GetAsync("api/v1/segments/new")).GetProperty("total").GetProperty("customers").ToString());
        var csv = await fixture.Clv.Http.GetStringAsync("api/v1/reports/risk?format=csv", Cancelled);
        Assert.Equal(
            rows.Select(r => $"{r.GetProperty("group").GetString()},{r.GetProperty("customers").GetInt64()}"),
            csv.Split('\n').Skip(1).Where(l => l.Length > 0).Select(l => string.Join(',', l.Split(',')[..2])));

        var noise = risk.GetProperty("noise");
        Assert.Equal((10m, "week"), (noise.GetProperty("epsilon").GetDecimal(), noise.GetProperty("period").GetString()));
        Assert.Equal(
            10.0 / 3 / 4, noise.GetProperty("measures").EnumerateArray().First().GetProperty("epsilon").GetDouble(), 1e-12);
        var month = Assert.Single((await fixture.GetAsync("api/v1/reports/risk?by=month")).GetProperty("rows").EnumerateArray());
        var cohorts = (await fixture.GetAsync("api/v1/reports/cohorts")).GetProperty("rows").EnumerateArray().ToArray();
        Assert.All(cohorts, r => Assert.Equal(
            (month.GetProperty("group").GetString(), month.GetProperty("customers").GetInt64()),
            (r.GetProperty("cohort").GetString(), r.GetProperty("customers").GetInt64())));
        Assert.InRange(cohorts.Length, 2, 4);
        Assert.Equal(
            ["google / cpc"],
            (await fixture.GetAsync("api/v1/reports/risk?by=channel")).GetProperty("rows").EnumerateArray()
                .Select(r => r.GetProperty("group").GetString()));
    }

    [Theory]
    [InlineData("api/v1/reports/acquisition", "the report acquisition")]
    [InlineData("api/v1/reports/movement", "the report movement")]
    [InlineData("api/v1/reports/policies", "the report policies")]
    [InlineData("api/v1/reports/budget?amount=100", "the report budget")]
    [InlineData("api/v1/acquisition", "what the next customers are worth")]
    [InlineData("api/v1/segments?asOf=2026-01-01", "segments of a day")]
    [InlineData("api/v1/segments/new.top-1", "tiers and prospects")]
    [InlineData("api/v1/segments/prospect", "tiers and prospects")]
    [InlineData("api/v1/segments/rfm", "scores of recency")]
    [InlineData("api/v1/segments/clusters", "clusters")]
    [InlineData("api/v1/predictions", "predictions")]
    public async Task What_is_told_exactly_or_not_at_all_is_not_told(string address, string what) => Assert.Contains(
        $"A store with noise does not tell {what}", await fixture.RefusedAsync(409, "store_has_noise", address), StringComparison.Ordinal);

    [Theory]
    [InlineData("api/v1/reports/cohorts?by=channel", "tells cohorts by month")]
    [InlineData("api/v1/reports/risk?by=segment", "tells risk by lifecycle, month, channel")]
    [InlineData("api/v1/reports/risk?by=product", "tells risk by lifecycle, month, channel")]
    public async Task Groups_that_have_no_noise_are_not_told(string address, string instead)
    {
        await SendAsync(); // The first who asks has the release made.
        Assert.Contains(instead, await fixture.RefusedAsync(400, "invalid_by", address), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_groups_that_anybody_may_draw_no_size_is_told()
    {
        await fixture.RefusedAsync(409, "store_has_noise", "api/v1/rules/preview", HttpMethod.Post, """{"rule":"orders > 0"}""");
        await fixture.SendAsync(HttpMethod.Put, "api/v1/own-segments/bought", """{"rule":"orders > 0"}""");
        var total = (await fixture.GetAsync("api/v1/own-segments/bought")).GetProperty("segment").GetProperty("total");
        Assert.Equal(JsonValueKind.Null, total.GetProperty("customers").ValueKind);
    }

    [Theory]
    [InlineData("1", "noise must be an object")]
    [InlineData("""{ "bound": 1 }""", "noise: epsilon is missing")]
    [InlineData("""{ "epsilon": 1 }""", "noise: bound is missing")]
    [InlineData("""{ "epsilon": 0, "bound": 1 }""", "noise: epsilon must be 0.01 to 10")]
    [InlineData("""{ "epsilon": 1, "bound": 0.001 }""", "noise: bound must be a unit of USD at least")]
    [InlineData("""{ "epsilon": 1, "bound": 1, "period": "day" }""", "noise: period must be one of week, month")]
    [InlineData("""{ "epsilon": 1, "bound": 1, "delta": 0.5 }""", "noise: delta must be 0.000000000001 to 0.001")]
    [InlineData("""{ "epsilon": 1, "bound": 1, "months": 1.5 }""", "noise: months must be a whole number")]
    [InlineData("""{ "epsilon": 1, "bound": 1, "tables": [] }""", "noise: tables must be an array of at least one of lifecycle, month")]
    [InlineData("""{ "epsilon": 1, "bound": 1, "tables": ["segment"] }""", "noise: tables must be one of lifecycle, month, channel")]
    [InlineData("""{ "epsilon": 1, "bound": 1, "sigma": 1 }""", "noise: there is no 'sigma'")]
    public async Task What_is_wrong_with_the_setting_is_named(string noise, string named)
    {
        var (status, problem) = await fixture.SendAsync(
            HttpMethod.Post, "api/v1/stores", $$"""{ "id": "wrong", "noise": {{noise}} }""");
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains(named, problem.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_setting_is_shown_changed_and_taken_away()
    {
        await using var other = new NoiseFixture(); // Where there are two stores, a request names one.
        await other.InitializeAsync();
        await other.SendAsync(HttpMethod.Post, "api/v1/stores", """{ "id": "loud" }""");
        var change = """{ "version": 1, "noise": { "epsilon": 0.5, "bound": 500, "period": "month" } }""";
        var (status, changed) = await other.SendAsync(HttpMethod.Put, "api/v1/stores/loud", change);
        Assert.True(status == HttpStatusCode.OK, changed.ToString());
        var noise = (await other.GetAsync("api/v1/stores/loud")).GetProperty("store").GetProperty("noise");
        Assert.Equal(
            """{"epsilon":0.5,"bound":500,"period":"month","delta":0.000001,"months":12,"tables":["lifecycle","month"]}""",
            noise.GetRawText());
        await other.SendAsync(HttpMethod.Put, "api/v1/stores/loud", """{ "version": 2, "noise": null }""");
        Assert.Equal(
            JsonValueKind.Null, (await other.GetAsync("api/v1/stores/loud")).GetProperty("store").GetProperty("noise").ValueKind);
    }

    // By whichever test comes first.
    private Task SendAsync() => SendAsync("m", 40, Earlier);

    private async Task SendAsync(string prefix, int customers, DateTimeOffset at) => await fixture.Clv.SendAsync(
    [
        .. Enumerable.Range(0, customers).Select(i => (object)new
        {
            type = "track",
            @event = "Order Completed",
            messageId = $"m-{prefix}-{i}",
            userId = $"{prefix}-{i}",
            timestamp = $"{at:O}",
            context = new { campaign = new { source = "google", medium = "cpc", name = "spring" } },
            properties = new { order_id = $"o-{prefix}-{i}", total = 50 },
        }),
    ]);
}
