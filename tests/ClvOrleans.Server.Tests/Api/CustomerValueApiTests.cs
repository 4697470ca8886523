using System.Text.Json;

namespace ClvOrleans.Server.Tests.Api;

public sealed class CustomerValueApiTests(ClvFixture fixture) : IClassFixture<ClvFixture>
{
    [Fact]
    public async Task A_value_names_its_parts_and_what_it_rests_on()
    {
        await fixture.Clv.SendAsync(
            ClvFixture.Order("whole", "w1", 40m, "2025-01-10T12:00:00Z"), ClvFixture.Order("whole", "w2", 20m, "2025-03-01T12:00:00Z"));
        await fixture.Clv.SendAsync(
            new { type = "track", @event = "Order Refunded", userId = "whole", properties = new { order_id = "w2", total = 5 } });
        var value = await fixture.GetAsync("api/v1/customers/whole/clv?horizon=90d&asOf=2025-03-01");
        Assert.Equal(("USD", 60m, 60m, 2), (
            value.GetProperty("currency").GetString(), value.GetProperty("historic").GetProperty("gross").GetDecimal(),
            value.GetProperty("historic").GetProperty("net").GetDecimal(), value.GetProperty("historic").GetProperty("orders").GetInt32()));
        var (predicted, next) = (value.GetProperty("predicted"), value.GetProperty("predicted").GetProperty("nextOrderOn"));
        Assert.Equal(60m + predicted.GetProperty("value").GetDecimal(), value.GetProperty("totalValue").GetDecimal());
        Assert.Equal(
            1, predicted.GetProperty("probabilityAlive").GetDouble() + predicted.GetProperty("churnProbability").GetDouble(), 1e-12);
        Assert.Equal(
            new DateOnly(2025, 3, 1).AddDays((int)Math.Ceiling(predicted.GetProperty("nextOrderInDays").GetProperty("early").GetDouble())),
            DateOnly.Parse(next.GetProperty("early").GetString()!));
        Assert.Equal((90, "2025-03-01", "prior", "Prior"), (
            value.GetProperty("horizonDays").GetInt32(), value.GetProperty("asOf").GetString(),
            value.GetProperty("modelVersion").GetString(), value.GetProperty("basis").GetString()));

        // The refund of today is no event of that day.
        Assert.Equal(2, value.GetProperty("revision").GetInt64());
        Assert.Equal(3, (await fixture.GetAsync("api/v1/customers/whole/clv")).GetProperty("revision").GetInt64());
        Assert.Equal(55m, (await fixture.GetAsync("api/v1/customers/whole/clv")).GetProperty("historic").GetProperty("net").GetDecimal());
    }

    [Fact]
    public async Task The_same_question_gives_the_same_bytes_before_and_after_a_restart()
    {
        await fixture.Clv.SendAsync(
            ClvFixture.Order("same", "s1", 12.34m, "2025-01-10T12:00:00Z"), ClvFixture.Order("same", "s2", 56.78m, "2025-04-01T12:00:00Z"));
        string[] questions = ["api/v1/customers/same/clv?asOf=2025-02-01", "api/v1/customers/same/clv?asOf=2025-12-24&horizon=2y"];
        var (before, predicted) = (await Task.WhenAll(questions.Select(fixture.Clv.Http.GetStringAsync)), await PredictedAsync());
        Assert.Equal(before, await Task.WhenAll(questions.Select(fixture.Clv.Http.GetStringAsync)));
        await fixture.RestartAsync();
        Assert.Equal(before, await Task.WhenAll(questions.Select(fixture.Clv.Http.GetStringAsync)));
        Assert.Equal(predicted, await PredictedAsync());

        // Today's tier is cut from a report of all customers, which may be a second old.
        async Task<string> PredictedAsync() =>
            (await fixture.GetAsync("api/v1/customers/same/clv?horizon=90d")).GetProperty("predicted").GetRawText();
    }

    [Fact]
    public async Task Days_to_come_and_days_before_the_first_event_have_answers_of_their_own()
    {
        await fixture.Clv.SendAsync(ClvFixture.Order("days", "d1", 10m, "2025-01-10T12:00:00Z"));
        Assert.StartsWith(
            "asOf: 2199-01-01 is after today",
            await fixture.RefusedAsync(400, "invalid_as_of", "api/v1/customers/days/clv?asOf=2199-01-01"), StringComparison.Ordinal);
        await fixture.RefusedAsync(404, "unknown_then", "api/v1/customers/days/clv?asOf=2025-01-09");
        Assert.Equal("new", (await fixture.GetAsync("api/v1/customers/days/clv?asOf=2025-01-10")).GetProperty("segment").GetString());
        await fixture.RefusedAsync(404, "unknown_customer", "api/v1/customers/nobody/clv");
        await fixture.RefusedAsync(404, "unknown_customer", $"api/v1/customers/{new string('x', 256)}/clv");
        await fixture.RefusedAsync(404, "unknown_model", "api/v1/customers/days/clv?model=crystal-ball");
    }

    [Theory]
    [InlineData("90", 90)]
    [InlineData("90d", 90)]
    [InlineData("12W", 84)]
    [InlineData("6m", 180)]
    [InlineData("10y", 3_650)]
    public async Task Horizons_are_days_weeks_months_or_years(string horizon, int days)
    {
        await fixture.Clv.SendAsync(ClvFixture.Order("ahead", "a1", 10m));
        Assert.Equal(days, (await fixture.GetAsync($"api/v1/customers/ahead/clv?horizon={horizon}")).GetProperty("horizonDays").GetInt32());
    }

    [Theory]
    [InlineData("horizon=0", "invalid_horizon")]
    [InlineData("horizon=3651", "invalid_horizon")]
    [InlineData("horizon=99999999999w", "invalid_horizon")]
    [InlineData("horizon=-90d", "invalid_horizon")]
    [InlineData("horizon=1.5y", "invalid_horizon")]
    [InlineData("horizon=", "invalid_horizon")]
    [InlineData("horizon=90d&horizon=30d", "invalid_horizon")]
    [InlineData("asOf=2025-02-30", "invalid_as_of")]
    [InlineData("asOf=01/02/2025", "invalid_as_of")]
    [InlineData("horizont=90d", "unknown_parameter")]
    public async Task A_wrong_parameter_is_named(string query, string code) =>
        await fixture.RefusedAsync(400, code, $"api/v1/customers/someone/clv?{query}");

    [Theory]
    [InlineData("a/b")]
    [InlineData("a%2Fb")]
    [InlineData("a+b c")]
    [InlineData("\"quoted\" 'id'")]
    [InlineData("100%")]
    [InlineData("İstanbul/客户/👩‍👩‍👧")]
    [InlineData("<img src=x onerror=alert(1)>")]
    [InlineData("?events=1#top")]
    [InlineData("a;b=c&d")]
    public async Task Any_id_is_found_exactly_as_it_was_sent(string id)
    {
        await fixture.Clv.SendAsync(ClvFixture.Order(id, $"order {id.Length} {(int)id[0]} {(int)id[^1]}", 10m));
        var profile = await fixture.GetAsync($"api/v1/customers/{Uri.EscapeDataString(id)}");
        Assert.Equal(id, profile.GetProperty("customer").GetString());
        var value = await fixture.GetAsync(profile.GetProperty("links").GetProperty("value").GetString()!);
        Assert.Equal((id, 10m), (value.GetProperty("customer").GetString(), value.GetProperty("historic").GetProperty("net").GetDecimal()));
    }

    [Fact]
    public Task The_longest_id_is_found() => Any_id_is_found_exactly_as_it_was_sent(new string('ü', 255));

    [Fact]
    public async Task A_profile_has_its_features_in_groups_and_as_many_events_as_asked_for()
    {
        await fixture.Clv.SendAsync(
            new { type = "page", userId = "pia", messageId = "p1" },
            new
            {
                type = "track",
                @event = "Product Reviewed",
                userId = "pia",
                messageId = "p2",
                properties = new
                {
                    product_id = "1",
                    rating = "4.5",
                }
            },
            ClvFixture.Order("pia", "p3", 30m));
        var features = (await fixture.GetAsync("api/v1/customers/pia")).GetProperty("features");
        Assert.Equal((30m, "USD"), Feature(features, "transaction", "netValue"));
        Assert.Equal((1m, ""), Feature(features, "behaviour", "pageViews"));
        Assert.Equal((1m, ""), Feature(features, "behaviour", "sessions13w"));
        Assert.Equal((0m, "weeks"), Feature(features, "behaviour", "weeksSinceView"));
        Assert.Equal((4.5m, "stars"), Feature(features, "social", "meanRating"));
        Assert.Equal((4.5m, "stars"), Feature(features, "social", "lastRating"));
        Assert.Equal((0m, "USD"), Feature(features, "product", "discounts"));
        Assert.Equal("strength", Feature(features, "market", "promotion").Unit);
        Assert.Equal(2, (await fixture.GetAsync("api/v1/customers/pia?events=2")).GetProperty("lastEvents").GetArrayLength());
        Assert.Equal(0, (await fixture.GetAsync("api/v1/customers/pia?events=0")).GetProperty("lastEvents").GetArrayLength());
        await fixture.RefusedAsync(400, "invalid_events", "api/v1/customers/pia?events=201");
        await fixture.RefusedAsync(400, "invalid_events", "api/v1/customers/pia?events=all");
    }

    private static (decimal Value, string? Unit) Feature(JsonElement features, string group, string name)
    {
        var feature = features.GetProperty(group).EnumerateArray().Single(f => f.GetProperty("name").GetString() == name);
        return (feature.GetProperty("value").GetDecimal(), feature.GetProperty("unit").GetString());
    }
}
