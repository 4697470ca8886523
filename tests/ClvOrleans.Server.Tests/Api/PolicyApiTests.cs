using System.Net;
using System.Text.Json;

namespace ClvOrleans.Server.Tests.Api;

/// <summary>Policies over HTTP: from the definition to the decision with its reason.</summary>
public sealed class PolicyApiTests(ClvFixture fixture) : IClassFixture<ClvFixture>
{
    private const string Action =
        """ "do": { "channel": "slot", "topic": "home", "cost": 0, "effect": { "amount": 1 }, "transactional": true } """;

    [Fact]
    public async Task What_happens_is_decided_and_can_be_read_with_all_that_it_rests_on()
    {
        var policy = await PutAsync(
            "greet", $$"""{ "id": "greet", "when": { "event": "OrderCompleted" }, "budget": { "amount": 0 }, {{Action}} }""");
        Assert.Equal("Shadow", policy.GetProperty("mode").GetString());
        var (status, _) = await fixture.SendAsync(HttpMethod.Post, "api/v1/policies/greet/mode", """{ "mode": "live" }""");
        Assert.Equal(HttpStatusCode.OK, status);

        await fixture.Clv.SendAsync(ClvFixture.Order("anna", "p1", 10m));
        var decision = await FirstAsync("api/v1/decisions?policy=greet&customer=c:anna");
        Assert.Equal(
            ("Acted", "Worthwhile", "c:anna"),
            (decision.GetProperty("outcome").GetString(), decision.GetProperty("reason").GetString(), decision.GetProperty("customer")
                .GetString()));
        var one = await fixture.GetAsync($"api/v1/decisions/{decision.GetProperty("decision").GetString()}");
        Assert.Equal("Assumed", one.GetProperty("inputs").GetProperty("effect").GetProperty("source").GetString());

        var detail = (await fixture.GetAsync("api/v1/policies/greet")).GetProperty("policy");
        Assert.Equal(1, detail.GetProperty("decisions")[0].GetProperty("decisions").GetInt64());
        Assert.Contains("has 14 days behind it yet", (await fixture.SendAsync(
            HttpMethod.Post, "api/v1/policies/greet/evaluation",
            detail.GetProperty("definition").GetRawText())).Body.GetProperty("refusal").GetString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NoContent, (await fixture.SendAsync(HttpMethod.Delete, "api/v1/policies/greet")).Status);
        await fixture.RefusedAsync(404, "unknown_policy", "api/v1/policies/greet");
    }

    [Fact]
    public async Task The_report_of_policies_says_what_their_decisions_add_up_to()
    {
        const int Customers = 40;
        await using var own = await ClvInProcess.ServeAsync(ClvProcess.NewFolder());

        // Half is held out, and the money is not enough for the rest; the other one acts in shadow only.
        await DefineAsync("half", "live", """ "budget": { "amount": 4, "days": 30 }, "holdout": 0.5, """);
        await DefineAsync("ghost", "shadow", """ "budget": { "amount": 1000 }, "holdout": 0, """);
        await own.SendAsync([.. Enumerable.Range(0, Customers).Select(c => new
        {
            type = "track",
            @event = "Consent Changed",
            userId = $"c{c}",
            properties = new { consents = new { slot = true } },
        })]);
        await own.SendAsync([.. Enumerable.Range(0, Customers).Select(c => ClvFixture.Order($"c{c}", $"o{c}", 10m))]);
        foreach (var policy in (string[])["half", "ghost"])
        {
            var decisions = await GetAsync($"api/v1/decisions?policy={policy}&limit=1000", "decisions");
            while (decisions.Select(d => d.GetProperty("customer").GetString()).Distinct().Count() < Customers)
            {
                await Pause.ShortAsync();
                decisions = await GetAsync($"api/v1/decisions?policy={policy}&limit=1000", "decisions");
            }

            var row = (await GetAsync("api/v1/reports/policies", "rows")).Single(r => r.GetProperty("policy").GetString() == policy);
            long Of(string outcome) => decisions.LongCount(d => d.GetProperty("outcome").GetString() == outcome);
            Assert.Equal(
                (Of("Acted"), Of("HeldOut"), Of("Shadow"), Of("Suppressed")),
                (Count(row, "acted"), Count(row, "heldOut"), Count(row, "shadow"), Count(row, "suppressed")));
            Assert.Equal(
                decisions.Where(d => d.GetProperty("outcome").GetString() == "Acted" && d.GetProperty("givenBackAt").ValueKind
                    == JsonValueKind.Null).Sum(d => d.GetProperty("cost").GetDecimal()),
                row.GetProperty("cost").GetDecimal());
            Assert.Equal(policy == "half" ? "Live" : "Shadow", row.GetProperty("mode").GetString());
            Assert.True(policy == "half" ? Of("Acted") == 8 && Of("HeldOut") > 0 && Of("Suppressed") > 0 : Of("Shadow") == Customers);
        }

        static long Count(JsonElement row, string column) => row.GetProperty(column).GetInt64();

        async Task<JsonElement[]> GetAsync(string address, string list) =>
            [.. JsonDocument.Parse(await own.Http.GetStringAsync(address)).RootElement.GetProperty(list).EnumerateArray()];

        async Task DefineAsync(string id, string mode, string terms)
        {
            using var definition = new StringContent($$"""
                { "id": "{{id}}", "when": { "event": "OrderCompleted" }, {{terms}}
                  "do": { "channel": "slot", "topic": "{{id}}", "cost": 0.5, "effect": { "amount": 3 } } }
                """);
            using var put = await own.Http.PutAsync($"api/v1/policies/{id}", definition);
            Assert.True(put.IsSuccessStatusCode, await put.Content.ReadAsStringAsync());
            using var body = new StringContent($$"""{ "mode": "{{mode}}" }""");
            using var set = await own.Http.PostAsync($"api/v1/policies/{id}/mode", body);
            Assert.True(set.IsSuccessStatusCode, await set.Content.ReadAsStringAsync());
        }
    }

    [Fact]
    public async Task A_policy_that_calls_the_services_own_network_is_read_where_that_is_allowed()
    {
        await using var clv = await ClvInProcess.ServeWithAsync(["Webhooks__AllowPrivate=true"], ClvProcess.NewFolder());
        using var definition = new StringContent("""
            {
              "id": "own", "when": { "event": "OrderCompleted" }, "budget": { "amount": 100 },
              "do": {
                "channel": "webhook", "topic": "home", "cost": 1, "effect": { "amount": 2 }, "payload": { "url": "http://127.0.0.1:9/" }
              }
            }
            """);
        using var put = await clv.Http.PutAsync("api/v1/policies/own", definition);
        put.EnsureSuccessStatusCode();
        using var kept = JsonDocument.Parse(await clv.Http.GetStringAsync("api/v1/policies/own"));
        Assert.Equal(100, kept.RootElement.GetProperty("policy").GetProperty("budget").GetDecimal());
    }

    [Fact]
    public async Task What_is_in_a_slot_is_not_shown_while_the_kill_switch_is_on_nor_once_its_policy_is_stopped()
    {
        await PutAsync("shelf", $$"""{ "id": "shelf", "when": { "event": "CartViewed" }, "budget": { "amount": 0 }, {{Action}} }""");
        await ModeAsync("live");
        await fixture.Clv.SendAsync(new { type = "track", @event = "Cart Viewed", userId = "sid", properties = new { cart_id = "1" } });
        while (await ShownAsync() == 0)
        {
            await Pause.ShortAsync();
        }

        await fixture.SendAsync(HttpMethod.Put, "api/v1/policies/terms", """{ "isStopped": true }""");
        Assert.Equal(0, await ShownAsync());
        await fixture.SendAsync(HttpMethod.Put, "api/v1/policies/terms", """{ "isStopped": false }""");
        Assert.Equal(1, await ShownAsync());
        await ModeAsync("paused");
        Assert.Equal(1, await ShownAsync());
        await ModeAsync("stopped");
        Assert.Equal(0, await ShownAsync());

        async Task<int> ShownAsync() => (await fixture.GetAsync("api/v1/customers/sid/slots")).GetArrayLength();

        async Task ModeAsync(string mode) => Assert.Equal(
            HttpStatusCode.OK,
            (await fixture.SendAsync(HttpMethod.Post, "api/v1/policies/shelf/mode", $$"""{ "mode": "{{mode}}" }""")).Status);
    }

    [Fact]
    public async Task A_definition_that_cannot_be_used_is_refused_with_its_places()
    {
        Assert.Equal(
            "budget: It is missing: what the policy may spend, such as { \"amount\": 5000, \"days\": 30 }.",
            await fixture.RefusedAsync(
                400, "invalid_policy", "api/v1/policies/a", HttpMethod.Put,
                $$"""{ "id": "a", "when": { "pAliveBelow": 0.4 }, {{Action}} }"""));
        Assert.Equal("id: It is 'b', and the address says 'a'.", await fixture.RefusedAsync(
            400, "invalid_policy", "api/v1/policies/a", HttpMethod.Put,
            $$"""{ "id": "b", "when": { "pAliveBelow": 0.4 }, "budget": { "amount": 1 }, {{Action}} }"""));
        Assert.Equal("when.entered: There is no segment vip. Define it first: clv segments define.", await fixture.RefusedAsync(
            400, "invalid_policy", "api/v1/policies/a", HttpMethod.Put,
            $$"""{ "id": "a", "when": { "entered": "vip" }, "budget": { "amount": 1 }, {{Action}} }"""));
        await fixture.RefusedAsync(400, "invalid_json", "api/v1/policies/a", HttpMethod.Put, "{");
        await fixture.RefusedAsync(404, "unknown_policy", "api/v1/policies/none/mode", HttpMethod.Post, """{ "mode": "live" }""");
        await fixture.RefusedAsync(400, "invalid_policy", "api/v1/policies/none/mode", HttpMethod.Post, """{ "mode": "on" }""");
    }

    [Fact]
    public async Task Terms_are_replaced_and_wrong_ones_named()
    {
        var (_, terms) = await fixture.SendAsync(
            HttpMethod.Put, "api/v1/policies/terms", """{ "channelCaps": { "email": 1 }, "controlShare": 0.05, "controlDays": 30 }""");
        Assert.Equal(
            (1, .05, false),
            (terms.GetProperty("channelCaps").GetProperty("email").GetInt32(), terms.GetProperty("controlShare")
                .GetDouble(), terms.GetProperty("isStopped").GetBoolean()));
        Assert.Equal("channelCaps.fax: there are webhook, email, audience and slot.", await fixture.RefusedAsync(
            400, "invalid_policy", "api/v1/policies/terms", HttpMethod.Put, """{ "channelCaps": { "fax": 1 } }"""));
        Assert.Equal("controlDays: a whole number from 28 to 3650 was expected.", await fixture.RefusedAsync(
            400, "invalid_policy", "api/v1/policies/terms", HttpMethod.Put, """{ "controlDays": 1 }"""));
    }

    [Fact]
    public async Task Ready_made_definitions_can_be_put_as_they_are()
    {
        foreach (var ready in (await fixture.GetAsync("api/v1/policies/ready-made")).EnumerateArray())
        {
            await PutAsync(ready.GetProperty("policy").GetString()!, ready.GetProperty("definition").GetRawText());
        }

        Assert.True((await fixture.GetAsync("api/v1/policies")).GetProperty("policies").GetArrayLength() >= 7);
        await fixture.RefusedAsync(404, "unknown_decision", "api/v1/decisions/0123");
        Assert.StartsWith(
            "outcome: 'done' is not Acted, HeldOut", await fixture.RefusedAsync(400, "invalid_outcome", "api/v1/decisions?outcome=done"),
            StringComparison.Ordinal);
    }

    private async Task<JsonElement> PutAsync(string id, string definition)
    {
        var (status, body) = await fixture.SendAsync(HttpMethod.Put, $"api/v1/policies/{id}", definition);
        Assert.True(status == HttpStatusCode.OK, body.ToString());
        return body;
    }

    // Decisions follow within milliseconds; at the latest with the next watch.
    private async Task<JsonElement> FirstAsync(string path)
    {
        while (true)
        {
            var page = (await fixture.GetAsync(path)).GetProperty("decisions");
            if (page.GetArrayLength() > 0)
            {
                return page[0];
            }

            await Pause.ShortAsync();
        }
    }
}
