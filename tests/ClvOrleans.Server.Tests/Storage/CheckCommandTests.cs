using System.Text.Json;

namespace ClvOrleans.Server.Tests.Storage;

/// <summary><c>clv check</c>: says what is wrong with a store, and that nothing is.</summary>
public sealed class CheckCommandTests
{
    [Fact]
    public async Task A_store_is_whole_while_it_is_served_and_after()
    {
        var folder = ClvProcess.NewFolder();
        await using var clv = await ClvInProcess.ServeAsync(folder);
        await clv.SendAsync(
            Tracked.Order("anna", "1", 5m), Tracked.Order("ben", "2", 7m),
            new { type = "page", anonymousId = "a1" }, new { type = "identify", userId = "anna", anonymousId = "a1" },
            new { type = "track", @event = "Order Refunded", userId = "anna", properties = new { order_id = "unknown" } },
            new { type = "track", @event = "Order Completed" });
        var served = await ClvInProcess.RunAsync("check", "--data", folder);
        Assert.Equal((0, ""), (served.ExitCode, served.Error));
        Assert.EndsWith("The store has no errors.", served.Output.Trim(), StringComparison.Ordinal);
        await clv.StopAsync();
        Assert.Equal(0, (await ClvInProcess.RunAsync("check", "--data", folder)).ExitCode);
    }

    [Theory]
    [InlineData("UPDATE customers SET gross = gross + 1", "the row has 1 orders worth")]
    [InlineData("UPDATE customers SET sequence = 7", "the row is of event 7")]
    [InlineData("UPDATE store_shards SET shards = 4096", "and of 4096 shards it belongs to")]
    [InlineData("DELETE FROM customers", "there are events, but no customer row")]
    [InlineData("UPDATE events SET sequence = 3", "event 1 is missing")]
    [InlineData("UPDATE events SET payload = x'7b'", "cannot be read")]
    [InlineData("UPDATE events SET message_id = 'other'", "another one than its columns say")]
    [InlineData("INSERT INTO orders (store, order_id, owner) VALUES ('shop', 'o9', 'c:anna')", "owns order o9, but no event places it")]
    [InlineData("DELETE FROM orders", "an event places order 1, which is not theirs")]
    [InlineData(
        "INSERT INTO identity_links (store, customer, target) VALUES ('shop', 'v:x', 'v:y'), ('shop', 'v:y', 'v:x')",
        "leads back to itself")]
    [InlineData(
        "INSERT INTO identity_links (store, customer, target) VALUES ('shop', 'v:x', 'v:y'), ('shop', 'v:y', 'c:anna')",
        "leads to v:y, which has become c:anna")]
    [InlineData("INSERT INTO identity_links (store, customer, target) VALUES ('shop', 'c:anna', 'c:b')", "has events of its own")]
    [InlineData(
        "INSERT INTO held_events (store, order_id, source, message_id, sender, payload) VALUES ('shop', '1', 'web', 'm', 'c:b', x'7b')",
        "waits for order 1, which is placed")]
    [InlineData("INSERT INTO models (store, id, payload) VALUES ('shop', 'm-1', x'7b')", "model m-1 cannot be opened")]
    [InlineData("INSERT INTO champions (store, generation, model, promoted_at) VALUES ('shop', 1, 'm-2', 0)", "is m-2, which is not there")]
    [InlineData("INSERT INTO market_entries (store, id, payload) VALUES ('shop', 'e', x'7b')", "market entry e cannot be read")]
    [InlineData(
        "INSERT INTO dead_letter_usage (store, source, letters, bytes) VALUES ('shop', 'web', 3, 9)",
        "has 0 letters of 0 bytes, counted are 3 of 9")]
    [InlineData("UPDATE journal_stamp SET commits = 0", "lacks the last")]
    [InlineData("UPDATE journal_stamp SET id = 'x'", "is another journal")]
    public async Task What_is_wrong_is_told_in_a_sentence(string act, string expected)
    {
        var run = await PlantedFault.CheckAsync(await Whole.Value, act);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains(expected, run.Output, StringComparison.Ordinal);
        Assert.EndsWith("The store has errors.", run.Output.Trim(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Machines_are_told_in_JSON()
    {
        var folder = await StoreFilesTests.StoppedAsync();
        await File.WriteAllTextAsync(Path.Combine(folder, "snapshots.db"), "garbage, and more of it than a header has");
        var run = await ClvInProcess.RunAsync("check", "--data", folder, "--json");
        using var json = JsonDocument.Parse(run.Output);
        Assert.Equal((1, false), (run.ExitCode, json.RootElement.GetProperty("ok").GetBoolean()));
        var wrong = Assert.Single(
            json.RootElement.GetProperty("checks").EnumerateArray().ToArray(), c => c.GetProperty("found").GetArrayLength() > 0);
        Assert.Equal("snapshots", wrong.GetProperty("name").GetString());
        Assert.Contains("may be deleted", wrong.GetProperty("found")[0].GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, "there is no store to check")]
    [InlineData(true, "missing or empty")]
    public async Task Where_there_is_no_store_that_is_said(bool hasSettings, string expected)
    {
        var folder = ClvProcess.NewFolder();
        if (hasSettings)
        {
            await File.WriteAllTextAsync(Path.Combine(folder, "store.json"), "{}");
        }

        var run = await ClvInProcess.RunAsync("check", "--data", folder);
        Assert.Equal((1, ""), (run.ExitCode, run.Output));
        Assert.Contains(expected, Assert.Single(run.Error.Trim().Split('\n')), StringComparison.Ordinal);
    }

    private static Lazy<Task<string>> Whole { get; } = new(StoreFilesTests.StoppedAsync);
}
