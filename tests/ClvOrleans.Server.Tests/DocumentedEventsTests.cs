using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using ClvOrleans.Server.Tests.Clients;

namespace ClvOrleans.Server.Tests;

/// <summary>What docs/events.md says to paste is pasted.</summary>
public sealed partial class DocumentedEventsTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(SharedData.Root(), "docs", "events.md"));

    [Fact]
    public async Task Every_event_of_the_page_counts_without_a_note()
    {
        var folder = ClvProcess.NewFolder();
        await File.WriteAllTextAsync(
            Path.Combine(folder, "store.json"), """{ "writeKeys": { "WK": "server" }, "stockSources": ["server"] }""");
        await using var clv = await ClvInProcess.ServeAsync(folder);
        var events = Blocks("json event");
        Assert.True(events.Count >= 10);
        foreach (var text in events)
        {
            using var e = JsonDocument.Parse(text);
            var reply = await clv.SendAsync(e.RootElement);
            Assert.True(
                reply.GetProperty("accepted").GetInt32() == 1 && reply.GetProperty("notes").GetArrayLength() == 0, $"{text}\n{reply}");
        }
    }

    [Fact]
    public async Task Every_order_name_that_the_page_warns_of_is_noted()
    {
        await using var clv = await ClvInProcess.ServeAsync(ClvProcess.NewFolder());
        foreach (var name in (string[])["Purchase", "Order Placed", "order_completed"])
        {
            Assert.Contains($"`{name}`", Page, StringComparison.Ordinal);
            var reply = await clv.SendAsync(
                new { type = "track", @event = name, userId = "anna", properties = new { order_id = name, revenue = 25 } });
            Assert.Equal(1, reply.GetProperty("accepted").GetInt32());
            Assert.Contains(
                "Order Completed", Assert.Single(reply.GetProperty("notes").EnumerateArray()).GetProperty("message").GetString(),
                StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_request_of_curl_counts()
    {
        await using var clv = await ClvInProcess.ServeAsync(ClvProcess.NewFolder());
        var curl = Curl().Match(Assert.Single(Blocks("bash")));
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(clv.Http.BaseAddress!, curl.Groups["path"].Value))
        {
            Content = new StringContent(curl.Groups["body"].Value),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes("WK:")));
        using var reply = await clv.Http.SendAsync(request);
        Assert.Equal(25m, await SpentAsync(clv, "ben"));
    }

    [Theory]
    [InlineData("@segment/analytics-node")]
    [InlineData("@rudderstack/rudder-sdk-node")]
    public async Task The_servers_clients_count_as_they_are_shown(string client)
    {
        await using var clv = await ClvInProcess.ServeAsync(ClvProcess.NewFolder());
        var code = Blocks("js node").Single(c => c.Contains(client, StringComparison.Ordinal))
            .Replace("http://127.0.0.1:5080", clv.Http.BaseAddress!.ToString().TrimEnd('/'), StringComparison.Ordinal)
            .Replace("wk_local", "WK", StringComparison.Ordinal);
        using var script = NodeScript.Start("--input-type=module", "-e", code);
        await script.EndAsync(TimeSpan.FromMinutes(2));
        Assert.Equal(25m, await SpentAsync(clv, "ben"));
    }

    [Theory]
    [InlineData("csv orders", 2)]
    [InlineData("csv shopify", 1)]
    [InlineData("text cdnow", 1)]
    [InlineData("csv online-retail", 1)]
    [InlineData("json events", 1)]
    public async Task Every_file_of_the_page_is_known_and_imported_whole(string language, int files)
    {
        var folder = ClvProcess.NewFolder();
        var blocks = Blocks(language);
        Assert.Equal(files, blocks.Count);
        foreach (var text in blocks)
        {
            var file = Path.Combine(folder, "file");
            await File.WriteAllTextAsync(file, text);
            var (status, output, error) = await ClvInProcess.RunAsync("import", file, "--data", Path.Combine(folder, "store"), "--json");
            Assert.True(status == 0, error);
            using var result = JsonDocument.Parse(output);
            Assert.Equal(language.Split(' ')[1], result.RootElement.GetProperty("format").GetString());
            Assert.Equal(0, result.RootElement.GetProperty("lineCounts").GetProperty("refused").GetInt32());
            Assert.True(result.RootElement.GetProperty("events").GetInt32() > 0);
        }
    }

    private static async Task<decimal> SpentAsync(RunningClv clv, string customer) =>
        (await clv.ClvAsync(customer)).GetProperty("historic").GetProperty("net").GetDecimal();

    private static List<string> Blocks(string language) =>
        [.. Fence().Matches(Page).Where(m => m.Groups["language"].Value == language).Select(m => m.Groups["text"].Value)];

    [GeneratedRegex(@"^```(?<language>[^\n]+)\n(?<text>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();

    [GeneratedRegex(@"^curl -u wk_local: http://127\.0\.0\.1:5080(?<path>\S+) -d '(?<body>[^']+)'$", RegexOptions.Multiline)]
    private static partial Regex Curl();
}
