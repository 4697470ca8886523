using System.Diagnostics;
using System.Text.Json;

namespace ClvOrleans.Server.Tests;

/// <summary>The clients that shops have, from npm, through a bad network.</summary>
public sealed class RealClientsTests
{
    [Theory]
    [InlineData("segment")]
    [InlineData("rudder")]
    public async Task What_a_client_sends_counts_once_through_refusals_lost_replies_and_repetitions(string client)
    {
        var scripts = Path.Combine(SharedData.Root(), "tests", "clients");
        Assert.SkipUnless(Directory.Exists(Path.Combine(scripts, "node_modules")), "npm install was not run in tests/clients.");
        await using var clv = await ClvProcess.ServeAsync(ClvProcess.NewFolder());
        await using var proxy = await FlakyProxy.StartAsync(clv.Http);

        using var node = Process.Start(new ProcessStartInfo("node", ["send.mjs", client, proxy.Address, "WK", "dora"]) { WorkingDirectory = scripts })!;
        await node.WaitForExitAsync();

        Assert.True(proxy.Requests > 3, $"{proxy.Requests} requests");
        var value = await clv.ClvAsync("dora");
        Assert.Equal((15m, 1), (value.GetProperty("historic").GetProperty("net").GetDecimal(), value.GetProperty("historic").GetProperty("orders").GetInt32()));
        using var profile = JsonDocument.Parse(await clv.Http.GetStringAsync("api/customers/dora"));
        var counts = profile.RootElement.GetProperty("features").GetProperty("counts").EnumerateObject().ToDictionary(c => c.Name, c => c.Value.GetInt32());
        Assert.Equal(
            new() { ["PageViewed"] = 1, ["Identified"] = 1, ["ProductViewed"] = 1, ["OrderCompleted"] = 1, ["OrderRefunded"] = 1 }, counts);
    }
}
