using System.Net.Http.Json;

namespace ClvOrleans.Server.Tests.Storage;

/// <summary><c>clv check</c> of what segments and policies keep: each fault that is planted is found, and named.</summary>
public sealed class PolicyCheckTests
{
    private static Lazy<Task<string>> Whole { get; } = new(BeginAsync);

    [Fact]
    public async Task A_store_with_segments_decisions_and_deliveries_is_whole()
    {
        var run = await ClvInProcess.RunAsync("check", "--data", await Whole.Value);
        Assert.True(run.ExitCode == 0, run.Output);
    }

    [Theory]
    [InlineData("DELETE FROM memberships WHERE customer = 'c:anna'", "c:anna: the row names segment vip, whose list does not")]
    [InlineData(
        "INSERT INTO memberships (store, segment, customer) VALUES ('shop', 'vip', 'c:ben')",
        "c:ben: is listed in segment vip, which the row does not name")]
    [InlineData("UPDATE customers SET segments = ''; DELETE FROM memberships", "its watches remember the segments 'vip', the row names ''")]
    [InlineData("UPDATE customers SET watches = x'7b'", "what its watches remember cannot be read")]
    [InlineData("DELETE FROM policies", "it was looked at by definitions 1.1, and the last are 1.0")]
    [InlineData("UPDATE decision_shards SET up_to = up_to + 99", "its last is")]
    [InlineData("UPDATE decisions SET payload = x'7b'", "it cannot be read")]
    [InlineData("UPDATE decisions SET reason = 'Budget'", "it is another one than its columns say")]
    [InlineData(
        "INSERT INTO decisions (store, id, customer, policy, outcome, reason, at, due_at, is_entry, is_shadow, cost, charge, payload) "
            + "SELECT store, 'ffffffffffffffffffffffffffffffff', customer, policy, outcome, reason, at, due_at, is_entry, is_shadow, "
            + "cost, NULL, payload FROM decisions", "whose decision has another id")]
    [InlineData(
        "UPDATE policies SET definition = replace(definition, '\"cost\": 2', '\"cost\": 3')",
        "its policy takes another decision of the same inputs")]
    [InlineData("UPDATE policies SET definition = '{}'", "is not there or cannot be read")]
    [InlineData(
        "INSERT INTO identity_links (store, customer, target) VALUES ('shop', 'c:anna', 'c:zoe')",
        "c:anna has become c:zoe, and the decision has not followed")]
    [InlineData("UPDATE policy_spending SET spent = 0", "budget of news in period 0: counted are 0, its decisions have 200")]
    [InlineData("DELETE FROM policy_days", "counted are 0, its decisions have 1")]
    [InlineData("UPDATE contact_days SET contacts = 7", "counted are 7, its decisions have 1")]
    [InlineData("UPDATE decisions SET given_back_at = 1", "counted are 1, its decisions have 0")]
    [InlineData("UPDATE deliveries SET id = 'ffffffffffffffffffffffffffffffff'", "it is another one than its columns say")]
    [InlineData("DELETE FROM decisions", "its decision is not there")]
    [InlineData("UPDATE decisions SET outcome = 'HeldOut'", "its decision did not act, it is HeldOut")]
    [InlineData("UPDATE deliveries SET state = 'Lost'", "there is no state 'Lost'")]
    public async Task What_is_wrong_is_told_in_a_sentence(string act, string expected)
    {
        var run = await PlantedFault.CheckAsync(await Whole.Value, act);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains(expected, run.Output, StringComparison.Ordinal);
    }

    private static async Task<string> BeginAsync()
    {
        var folder = ClvProcess.NewFolder();
        await using var clv = await ClvInProcess.ServeAsync(folder);
        await PutAsync(clv, "own-segments/vip", """{ "rule": "spendWithin('30d') > 100" }""");
        await PutAsync(clv, "policies/terms", """{ "controlShare": 0 }""");
        await PutAsync(clv, "policies/news", """
            {
              "id": "news", "when": { "event": "PageViewed" }, "budget": { "amount": 1000 }, "holdout": 0, "exploration": 0,
              "do": { "channel": "slot", "topic": "home", "cost": 2, "effect": { "amount": 10 } }
            }
            """);
        using var live = await clv.Http.PostAsJsonAsync("api/v1/policies/news/mode", new { mode = "live" });
        live.EnsureSuccessStatusCode();
        await clv.SendAsync(
            Tracked.Order("anna", "1", 500m), Tracked.Order("ben", "2", 7m),
            new { type = "track", @event = "Consent Changed", userId = "anna", properties = new { consents = new { marketing = true } } },
            new { type = "page", name = "Home", userId = "anna" });
        while ((await clv.Http.GetStringAsync("api/v1/deliveries?state=sent")) is var sent
            && !sent.Contains("home", StringComparison.Ordinal))
        {
            await Pause.ShortAsync();
        }

        Assert.Equal(0, await clv.StopAsync());
        return folder;
    }

    private static async Task PutAsync(RunningClv clv, string path, string body)
    {
        using var reply = await clv.Http.PutAsync($"api/v1/{path}", new StringContent(body, System.Text.Encoding.UTF8, "application/json"));
        Assert.True(reply.IsSuccessStatusCode, await reply.Content.ReadAsStringAsync());
    }
}
