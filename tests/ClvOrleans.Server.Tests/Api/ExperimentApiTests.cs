using System.Net;
using System.Text.Json;

namespace ClvOrleans.Server.Tests.Api;

public sealed class ExperimentApiTests(ClvFixture fixture) : IClassFixture<ClvFixture>
{
    private const string Definition =
        """
        {"id":"ID","hypothesis":"A mail brings purchases.","arms":[{"arm":"none","share":0.5},{"arm":"mail","share":0.5}],
         "primary":"Purchased","leastEffect":0.05,"assumed":{"mean":0.1,"unitsADay":1000}}
        """;

    [Theory]
    [InlineData(
        "\"leastEffect\":0.05", "\"leastEffect\":0",
        "leastEffect: it must not be 0, in units of the metric, such as 0.01 for one point of a rate.")]
    [InlineData(
        "\"Purchased\"", "\"Opened\"",
        "primary: there are Purchased, Orders, Spend, Margin, ExpectedMargin, Visited, Clicked, Unsubscribed; an opened message is no "
            + "outcome.")]
    [InlineData("\"share\":0.5}]", "\"share\":0.4}]", "arms: the shares add up to 0.9; they must add up to 1.")]
    [InlineData("\"hypothesis\"", "\"hypotheses\"", "hypotheses")]
    [InlineData("\"id\":\"ID\"", "\"id\":\"Mail\"", "Experiment 'Mail': a small letter, then up to 62 of a-z, 0-9 and '-' are allowed.")]
    [InlineData("\"leastEffect\":0.05", "\"leastEffect\":\"x\"", "leastEffect: the value has the wrong type.")]
    [InlineData("\"leastEffect\":0.05", "\"leastEffect\":0.05,\"audience\":\"ordrs > 1\"", "audience: ")]
    public async Task A_mistake_is_named_with_its_member_and_nothing_is_kept(string right, string wrong, string message)
    {
        var body = Definition.Replace(right, wrong, StringComparison.Ordinal).Replace("ID", "mistaken", StringComparison.Ordinal);
        Assert.Contains(message, await fixture.RefusedAsync(400, "invalid_experiment", "api/v1/experiments", HttpMethod.Post, body),
            StringComparison.Ordinal);
        await fixture.RefusedAsync(404, "unknown_experiment", "api/v1/experiments/mistaken");
    }

    [Fact]
    public async Task An_experiment_without_power_is_refused_with_a_way_out_and_a_preview_says_what_it_needs()
    {
        var weak = Of("weak").Replace("1000", "10", StringComparison.Ordinal);
        var message = await fixture.RefusedAsync(409, "no_power", "api/v1/experiments", HttpMethod.Post, weak);
        Assert.Matches(
            "^plannedDays: an effect of 0.05 needs [0-9,]+ units, and 280 come in 28 days. Plan [0-9]+ days, or look for an effect of "
                + "0.[0-9]+.$", message);
        var (_, preview) = await fixture.SendAsync(HttpMethod.Post, "api/v1/experiments?preview=true", weak);
        Assert.Equal(message, preview.GetProperty("problem").GetString());
        await fixture.RefusedAsync(404, "unknown_experiment", "api/v1/experiments/weak");
    }

    [Fact]
    public async Task A_store_without_history_says_that_it_cannot_tell()
    {
        var message = await fixture.RefusedAsync(
            409, "no_history", "api/v1/experiments", HttpMethod.Post,
                Of("unknown").Replace(""","assumed":{"mean":0.1,"unitsADay":1000}""", "", StringComparison.Ordinal)
                .Replace("\"leastEffect\"", "\"audience\":\"orders > 1000\",\"leastEffect\"", StringComparison.Ordinal));
        Assert.Contains("State 'assumed'", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_experiment_is_defined_started_shown_read_and_stopped()
    {
        var (status, defined) = await fixture.SendAsync(HttpMethod.Post, "api/v1/experiments", Of("whole"));
        Assert.Equal((HttpStatusCode.OK, "Draft"), (status, defined.GetProperty("state").GetString()));
        Assert.Equal(("none", "NotRunning"), await AssignAsync("whole", """{"customer":"anna"}"""));

        Assert.Equal("Running", (await PostAsync("whole/start")).GetProperty("state").GetString());
        Assert.Equal("Running", (await PostAsync("whole/start")).GetProperty("state").GetString());
        await fixture.RefusedAsync(409, "experiment_began", "api/v1/experiments", HttpMethod.Post, Of("whole"));

        var looked = await AssignAsync("whole", """{"customer":"anna","expose":false}""");
        Assert.Equal("Assigned", looked.Why);
        var shown = await AssignAsync("whole", """{"customer":"anna"}""");
        Assert.Equal((looked.Arm, "Exposed"), shown);
        for (var i = 0; i < 20; i++)
        {
            await AssignAsync("whole", $$"""{"visitor":"w{{i}}"}""");
            Assert.Equal(shown, await AssignAsync("whole", """{"customer":"anna"}"""));
        }

        var reading = await fixture.GetAsync("api/v1/experiments/whole/reading");
        Assert.Equal(21, reading.GetProperty("arms").EnumerateArray().Sum(a => a.GetProperty("exposed").GetInt32()));
        Assert.Equal(21, reading.GetProperty("arms").EnumerateArray().Sum(a => a.GetProperty("open").GetInt32()));
        Assert.False(reading.GetProperty("isComplete").GetBoolean());
        var outcome = (await fixture.GetAsync("api/v1/outcomes?customer=anna"))[0];
        Assert.Equal(("experiment/whole", "c:anna", false),
            (outcome.GetProperty("subject").GetString(), outcome.GetProperty("unit").GetString(),
                outcome.GetProperty("isMeasured").GetBoolean()));

        Assert.Equal("Stopped", (await PostAsync("whole/stop")).GetProperty("state").GetString());
        Assert.Equal(shown, await AssignAsync("whole", """{"customer":"anna"}"""));
        Assert.Equal(("none", "NotRunning"), await AssignAsync("whole", """{"customer":"new"}"""));
        await fixture.RefusedAsync(409, "wrong_state", "api/v1/experiments/whole/start", HttpMethod.Post);
        Assert.Contains((await fixture.GetAsync("api/v1/experiments")).EnumerateArray(), e =>
            e.GetProperty("definition").GetProperty("id").GetString() == "whole");
    }

    [Fact]
    public async Task A_visitor_who_becomes_a_customer_keeps_the_arm()
    {
        await DefineAndStartAsync(Of("sticky"));
        var before = await AssignAsync("sticky", """{"visitor":"v9"}""");
        await fixture.Clv.SendAsync(new { type = "identify", userId = "vera", anonymousId = "v9", messageId = "vera-1" });
        Assert.Equal(before, await AssignAsync("sticky", """{"customer":"vera"}"""));
        Assert.Equal(before, await AssignAsync("sticky", """{"visitor":"v9"}"""));
        Assert.Equal("v:v9", (await fixture.GetAsync("api/v1/outcomes?customer=vera"))[0].GetProperty("unit").GetString());
    }

    [Fact]
    public async Task Only_the_audience_is_exposed_and_visitors_where_they_count()
    {
        await DefineAndStartAsync(Of("buyers")
            .Replace("\"leastEffect\"", "\"audience\":\"orders >= 1\",\"unit\":\"Customer\",\"leastEffect\"", StringComparison.Ordinal));
        await fixture.Clv.SendAsync(ClvFixture.Order("bob", "b1", 10m));
        Assert.Equal("Exposed", (await AssignAsync("buyers", """{"customer":"bob"}""")).Why);
        Assert.Equal(("none", "NotInAudience"), await AssignAsync("buyers", """{"customer":"stranger"}"""));
        Assert.Equal(("none", "Visitor"), await AssignAsync("buyers", """{"visitor":"v1"}"""));
        await fixture.RefusedAsync(400, "invalid_assignment", "api/v1/experiments/buyers/assignment", HttpMethod.Post, "{}");
        await fixture.RefusedAsync(404, "unknown_experiment", "api/v1/experiments/none/assignment", HttpMethod.Post,
            """{"customer":"a"}""");
    }

    [Fact]
    public async Task A_changed_split_moves_nobody_who_was_exposed()
    {
        await DefineAndStartAsync(Of("ramp"));
        var before = new List<(string, string)>();
        for (var i = 0; i < 20; i++)
        {
            before.Add(await AssignAsync("ramp", $$"""{"customer":"r{{i}}"}"""));
        }

        var (status, _) = await fixture.SendAsync(
            HttpMethod.Post, "api/v1/experiments/ramp/split", """{"arms":[{"arm":"mail","share":0.9},{"arm":"none","share":0.1}]}""");
        Assert.Equal(HttpStatusCode.OK, status);
        for (var i = 0; i < 20; i++)
        {
            Assert.Equal(before[i], await AssignAsync("ramp", $$"""{"customer":"r{{i}}"}"""));
        }

        await AssignAsync("ramp", """{"customer":"later"}""");
        var reading = await fixture.GetAsync("api/v1/experiments/ramp/reading");
        Assert.Equal(20, reading.GetProperty("ofEarlierSplits").GetInt32());
        Assert.Contains("arms: give none, mail", await fixture.RefusedAsync(
            400, "invalid_experiment", "api/v1/experiments/ramp/split", HttpMethod.Post, """{"arms":[{"arm":"x","share":1}]}"""),
                StringComparison.Ordinal);
    }

    [Fact]
    public async Task Policies_have_done_nothing_before_they_decide() =>
        Assert.Equal(0, (await fixture.GetAsync("api/v1/outcomes/policies")).GetArrayLength());

    private static string Of(string id) => Definition.Replace("ID", id, StringComparison.Ordinal);

    private async Task DefineAndStartAsync(string definition)
    {
        var (status, defined) = await fixture.SendAsync(HttpMethod.Post, "api/v1/experiments", definition);
        Assert.True(status == HttpStatusCode.OK, $"{defined}");
        await PostAsync($"{defined.GetProperty("definition").GetProperty("id").GetString()}/start");
    }

    private async Task<JsonElement> PostAsync(string path)
    {
        var (status, body) = await fixture.SendAsync(HttpMethod.Post, $"api/v1/experiments/{path}");
        Assert.True(status == HttpStatusCode.OK, $"{path}: {body}");
        return body;
    }

    private async Task<(string Arm, string Why)> AssignAsync(string id, string body)
    {
        var (status, reply) = await fixture.SendAsync(HttpMethod.Post, $"api/v1/experiments/{id}/assignment", body);
        Assert.True(status == HttpStatusCode.OK, $"{reply}");
        return (reply.GetProperty("arm").GetString()!, reply.GetProperty("why").GetString()!);
    }
}
