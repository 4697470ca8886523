using System.Text.Json;

namespace ClvOrleans.Server.Tests.Clients;

/// <summary>The clients that shops have, from npm, through a bad network.</summary>
public sealed class RealClientsTests
{
    private static readonly Fault[] AllInARow =
        [Fault.TooManyRequests, Fault.Unavailable, Fault.CutBefore, Fault.CutAfter, Fault.Twice];

    // For a client that gives up after three repetitions.
    private static readonly Fault[] OneAtATime =
        [Fault.TooManyRequests, Fault.Twice, Fault.Unavailable, Fault.Twice, Fault.CutBefore, Fault.Twice, Fault.CutAfter];

    [Theory]
    [InlineData("segment", "POST /v1/batch application/json")]
    [InlineData("rudder", "POST /v1/batch application/x-www-form-urlencoded gzip")]
    [InlineData("rudder-plain", "POST /v1/batch application/json")]
    public async Task What_a_servers_client_sends_counts_once_through_refusals_cuts_and_repetitions(string client, string request)
    {
        await using var clv = await ClvInProcess.ServeAsync(ClvProcess.NewFolder());
        await using var proxy = await FlakyProxy.StartAsync(clv.Http.BaseAddress!, client == "segment" ? AllInARow : OneAtATime);
        using var script = NodeScript.Start("server-side.mjs", client, proxy.Address, "WK", "dora");
        var visitor = await script.EndAsync(TimeSpan.FromMinutes(2));
        await AssertToldOnceAsync(clv, proxy, visitor, request);
    }

    [Theory]
    [InlineData("segment", "POST /v1/t text/plain")]
    [InlineData("segment-batching", "POST /v1/b text/plain")]
    [InlineData("rudder", "POST /v1/track application/json;charset=UTF-8")]
    public async Task What_a_browser_sends_counts_once_through_refusals_cuts_and_repetitions(string client, string request)
    {
        var chromium = NodeScript.Find("chromium");
        await using var clv = await ClvInProcess.ServeAsync(ClvProcess.NewFolder());
        await using var proxy = await FlakyProxy.StartAsync(clv.Http.BaseAddress!, AllInARow);
        using var script = NodeScript.Start("browser.mjs", client, proxy.Address, "WK", "dora", chromium);
        var visitor = await script.EndAsync(TimeSpan.FromMinutes(2));
        await AssertToldOnceAsync(clv, proxy, visitor, request);
        Assert.Contains(proxy.Requests.Keys, r => r.StartsWith("OPTIONS /v1/", StringComparison.Ordinal));
        var settings = client == "rudder" ? "GET /sourceConfig/" : "GET /v1/projects/WK/settings";
        Assert.Contains(settings, proxy.Requests.Keys);
    }

    // The story is tests/clients/story.mjs: 10 events, the first three as a visitor; an order of 25, of which 10 are refunded.
    private static async Task AssertToldOnceAsync(RunningClv clv, FlakyProxy proxy, string visitor, string request)
    {
        Assert.Contains(request, proxy.Requests.Keys);
        Assert.Equal(Enum.GetValues<Fault>(), proxy.Happened.Keys.Order());

        var historic = (await clv.ClvAsync("dora")).GetProperty("historic");
        Assert.Equal((15m, 1), (historic.GetProperty("net").GetDecimal(), historic.GetProperty("orders").GetInt32()));
        foreach (var id in (string[])["dora", visitor])
        {
            using var profile = JsonDocument.Parse(await clv.Http.GetStringAsync($"api/v1/customers/{id}"));
            Assert.Equal(
                ("dora", 10),
                (profile.RootElement.GetProperty("customer").GetString(), profile.RootElement.GetProperty("revision").GetInt32()));
            var counts = profile.RootElement.GetProperty("features").GetProperty("counts").EnumerateObject()
                .ToDictionary(c => c.Name, c => c.Value.GetInt32());
            Assert.Equal(
                new()
                {
                    ["PageViewed"] = 2,
                    ["ProductsSearched"] = 1,
                    ["ProductViewed"] = 1,
                    ["Identified"] = 1,
                    ["ProductAdded"] = 1,
                    ["CheckoutStarted"] = 1,
                    ["OrderCompleted"] = 1,
                    ["ProductReviewed"] = 1,
                    ["OrderRefunded"] = 1,
                },
                counts);
        }

        using var refused = JsonDocument.Parse(await clv.Http.GetStringAsync("api/v1/dead-letters"));
        Assert.Equal(0, refused.RootElement.GetProperty("letters").GetArrayLength());
    }
}
