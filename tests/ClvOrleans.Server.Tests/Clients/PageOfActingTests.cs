using System.Net;
using System.Text.Json;
using ClvOrleans.Server.Tests.Api;

namespace ClvOrleans.Server.Tests.Clients;

/// <summary>What a browser shows of own segments, policies, decisions and experiments.</summary>
public sealed class PageOfActingTests(ClvFixture fixture) : IClassFixture<ClvFixture>
{
    private const string Hostile = "<img src=x onerror=alert(1)>";

    [Fact]
    public async Task A_store_that_acts_on_nothing_is_told_how_to_begin_and_one_that_does_shows_what_and_why()
    {
        var chromium = NodeScript.Find("chromium");
        var nothing = await ShownAsync(chromium, "begin", "clv policies add");
        Assert.Contains("clv policies add win-back", nothing.GetProperty("begin").GetString(), StringComparison.Ordinal);
        Assert.All(
            ["own", "policies", "experiments", "decisions"], t => Assert.Equal(JsonValueKind.Null, nothing.GetProperty(t).ValueKind));

        await PutAsync("own-segments/buyers", $$"""{ "rule": "orders >= 1", "description": "{{Hostile}}" }""");
        await PutAsync("policies/greet", $$"""
            { "id": "greet", "name": "{{Hostile}}", "when": { "event": "OrderCompleted" }, "budget": { "amount": 50, "days": 30 },
              "holdout": 0, "do": { "channel": "slot", "topic": "home", "cost": 2, "effect": { "amount": 3, "sd": 1 }, "transactional": true } }
            """);
        await PostAsync("policies/greet/mode", """{ "mode": "live" }""");
        await PutAsync("policies/look-on", """
            { "id": "look-on", "when": { "event": "OrderCompleted" }, "budget": { "amount": 10 },
              "do": { "channel": "slot", "topic": "home", "cost": 2, "effect": { "shareOfValue": 0.05 } } }
            """);
        await PostAsync("experiments", """
            { "id": "mail", "hypothesis": "A mail brings purchases.", "arms": [{ "arm": "none", "share": 0.5 }, { "arm": "mail", "share": 0.5 }],
              "primary": "Purchased", "leastEffect": 0.05, "assumed": { "mean": 0.1, "unitsADay": 1000 } }
            """);
        await PostAsync("experiments/mail/start", "");
        await PostAsync("experiments/mail/assignment", """{ "customer": "anna" }""");
        await fixture.Clv.SendAsync(ClvFixture.Order(Hostile, "p1", 10m));
        await AwaitAsync("decisions?policy=greet", "decisions");
        await AwaitAsync("decisions?policy=look-on", "decisions");

        var shown = await ShownAsync(chromium, "own,policies,experiments,decisions", "+1");
        Assert.Equal((0, 0), (shown.GetProperty("markup").GetInt32(), shown.GetProperty("complaints").GetArrayLength()));
        Assert.Equal(JsonValueKind.Null, shown.GetProperty("begin").ValueKind);
        var own = Assert.Single(Rows(shown, "own"));
        Assert.Equal(($"buyers | {Hostile}", "1", "+1 −0"), (own[0], own[1], own[4]));
        Assert.Equal(
            [
                [$"greet | {Hostile}", "acts", "1", "1", "0", "$2.00 | of $50.00", "$3.00 | assumed ± $1.96"],
                ["look-on", "looks on", "1", "0 | would have", "0", "$0 | of $10.00", "5% of the value | assumed"],
            ],
            Rows(shown, "policies"));
        var experiment = Assert.Single(Rows(shown, "experiments"));
        Assert.Equal(("mail | A mail brings purchases.", "Purchased", "Not decided"), (experiment[0], experiment[1], experiment[4]));
        Assert.Equal("none 0, mail 0 | 1 window still open", experiment[2]);
        Assert.Equal(
            [
                (Hostile, "greet", "Done: it costs 2.00 USD and is expected to bring 3.00 USD, as assumed."),
                (Hostile, "look-on", "Not done: the customer has not consented."),
            ],
            Rows(shown, "decisions").Select(d => (d[1], d[2], d[4])).Order());
    }

    private static string[][] Rows(JsonElement shown, string table) =>
        [.. shown.GetProperty(table).EnumerateArray().Select(r => r.EnumerateArray().Select(c => c.GetString()!.Trim()).ToArray())];

    private async Task<JsonElement> ShownAsync(string chromium, string parts, string text)
    {
        using var script = await NodeScript.StartSignedInAsync(
            fixture.Clv, "acting.mjs", fixture.Clv.Http.BaseAddress!.ToString(), chromium, parts, text);
        return JsonElement.Parse(await script.EndAsync(TimeSpan.FromMinutes(2)));
    }

    private Task PutAsync(string path, string body) => DoAsync(HttpMethod.Put, path, body);

    private Task PostAsync(string path, string body) => DoAsync(HttpMethod.Post, path, body);

    private async Task DoAsync(HttpMethod method, string path, string body)
    {
        var (status, answer) = await fixture.SendAsync(method, $"api/v1/{path}", body);
        Assert.True(status == HttpStatusCode.OK, $"{path}: {answer}");
    }

    private async Task AwaitAsync(string path, string list)
    {
        while ((await fixture.GetAsync($"api/v1/{path}")).GetProperty(list).GetArrayLength() == 0)
        {
            await Pause.ShortAsync();
        }
    }
}
