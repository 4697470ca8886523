using System.Text.Json;
using ClvOrleans.Server.Tests.Webhooks;

namespace ClvOrleans.Server.Tests.Sources;

/// <summary>Whether it has arrived, and what became of it.</summary>
public sealed class SourceTests
{
    [Fact]
    public async Task Each_source_says_what_became_of_its_events_also_after_a_restart()
    {
        var folder = ClvProcess.NewFolder();
        await File.WriteAllTextAsync(Path.Combine(folder, "store.json"), ShopServer.Settings);
        await using (var clv = await ClvInProcess.ServeAsync(folder))
        {
            await clv.SendAsync(
                Tracked.Order("anna", "1", 100m), Tracked.Order("anna", "1", 100m), Tracked.Order("anna", "2", -1m),
                new { type = "track", userId = "anna", @event = "page view", messageId = "m" });
            Assert.Equal(0, await clv.StopAsync());
        }

        await using (var clv = await ClvInProcess.ServeAsync(folder))
        {
            using var list = JsonDocument.Parse(await clv.Http.GetStringAsync("api/v1/sources"));
            var sources = list.RootElement.GetProperty("sources").EnumerateArray().ToDictionary(s => s.GetProperty("name").GetString()!);
            Assert.Equal(
                [("google", "Ga4"), ("import", "Import"), ("shopify", "Shopify"), ("web", "Tracking"), ("woo", "WooCommerce")],
                sources.Values.Select(s => (s.GetProperty("name").GetString(), s.GetProperty("kind").GetString())));
            var web = sources["web"];
            Assert.Equal((2, 1), (web.GetProperty("accepted").GetInt32(), web.GetProperty("duplicates").GetInt32()));
            var refused = Assert.Single(web.GetProperty("refused").EnumerateArray());
            Assert.Equal(("invalid_money", 1), (refused.GetProperty("code").GetString(), refused.GetProperty("events").GetInt32()));
            Assert.Equal("invalid_money", Assert.Single(web.GetProperty("samples").EnumerateArray()).GetProperty("code").GetString());
            Assert.Equal(JsonValueKind.Null, sources["woo"].GetProperty("lastSeen").ValueKind);
            Assert.Equal("/webhooks/woo", sources["woo"].GetProperty("address").GetString());
            Assert.InRange(DateTimeOffset.UtcNow - web.GetProperty("lastSeen").GetDateTimeOffset(), TimeSpan.Zero, TimeSpan.FromMinutes(5));
        }
    }

    [Fact]
    public async Task An_import_is_a_source_and_the_command_lists_it()
    {
        var folder = ClvProcess.NewFolder();
        var file = Path.Combine(folder, "orders.csv");
        await File.WriteAllTextAsync(
            file, "customer_id,order_id,timestamp,total\nanna,1,2024-01-31 14:05,10\nanna,2,2024-02-31 14:05,10\n");
        await ClvInProcess.RunAsync("import", file, "--data", Path.Combine(folder, "store"));
        var (status, output, error) = await ClvInProcess.RunAsync("sources", "--data", Path.Combine(folder, "store"), "--json");
        Assert.True(status == 0, error);
        using var list = JsonDocument.Parse(output);
        var import = list.RootElement.GetProperty("sources").EnumerateArray().Single(s => s.GetProperty("name").GetString() == "import");
        Assert.Equal(
            (1, 1), (import.GetProperty("accepted").GetInt32(), import.GetProperty("refused")[0].GetProperty("events").GetInt32()));
        Assert.Contains(
            "invalid_time 1", (await ClvInProcess.RunAsync("sources", "--data", Path.Combine(folder, "store"))).Output,
            StringComparison.Ordinal);
    }
}
