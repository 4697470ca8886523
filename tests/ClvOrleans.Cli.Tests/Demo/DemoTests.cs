using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace ClvOrleans.Cli.Tests.Demo;

/// <summary>The demo and the simulation through the real executable.</summary>
public sealed partial class DemoTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    [Fact]
    public async Task The_demo_opens_with_requests_that_work_lives_ends_at_Ctrl_C_and_goes_on_when_run_again()
    {
        using var impatience = new CancellationTokenSource(Patience);
        var folder = Path.Combine(ClvProcess.NewFolder(), "demo");
        string[] arguments = [
            "demo", "--customers", "50", "--seed", "7", "--pace", "86400", "--data", folder, "--urls", "http://127.0.0.1:0"
        ];
        await using (var demo = await RunningDemo.StartAsync(folder, arguments, impatience.Token))
        {
            var (http, examples) = (demo.Http, demo.Examples);
            string Example(string of) =>
                Assert.Single(examples, e => e[e.IndexOf("http:", StringComparison.Ordinal)..].Contains(of, StringComparison.Ordinal));
            Assert.Equal(13, examples.Count);
            var before = await AskAsync(http, Example("/clv"));
            Assert.DoesNotMatch("^(prior|first-)", (await GetAsync(http, "models", impatience.Token)).GetProperty("champion").GetString()!);
            var segments = await AskAsync(http, Example("/segments"));
            Assert.Equal(1, (await AskAsync(http, Example("/v1/track"))).GetProperty("accepted").GetInt32());
            var after = await AskAsync(http, Example("/clv"));
            Assert.True(Spent(after) >= Spent(before) + 80);
            Assert.True(segments.GetProperty("segments").EnumerateArray().Sum(s => s.GetProperty("customers").GetInt32()) >= 50);

            // Segments with members, policies that act and look on, decisions with reasons, and an experiment, all of which can be asked
            // for.
            var policies = await GetAsync(http, "policies", impatience.Token);
            Assert.Equal(
                [("Live", 5), ("Shadow", 2)],
                policies.GetProperty("policies").EnumerateArray()
                    .CountBy(p => p.GetProperty("mode").GetString()!).Select(c => (c.Key, c.Value)).Order());
            Assert.Equal(3, (await GetAsync(http, "own-segments", impatience.Token)).GetProperty("segments").GetArrayLength());
            while ((await AskAsync(http, Example("/decisions"))).GetProperty("decisions").GetArrayLength() == 0
                || (await GetAsync(http, "deliveries?state=sent", impatience.Token)).GetProperty("deliveries").GetArrayLength() == 0
                || (await AskAsync(http, Example("/reading"))).GetProperty("arms").EnumerateArray()
                    .Sum(a => a.GetProperty("exposed").GetInt64()) == 0)
            {
                await Pause.ShortAsync(impatience.Token);
            }

            var decided = (await AskAsync(http, Example("/decisions"))).GetProperty("decisions")[0];
            Assert.Matches(
                @"^(Done|Held out|Not done|Would have been done|Put off|Under way)\b.+\.$", decided.GetProperty("sentence").GetString());
            Assert.Equal("Running", (await AskAsync(http, Example("/reading"))).GetProperty("state").GetString());
            Assert.NotEmpty((await AskAsync(http, Example("/recommendations"))).GetProperty("products").EnumerateArray());
            Assert.NotEmpty((await AskAsync(http, Example("/experience"))).GetProperty("categories").EnumerateArray());
            foreach (var (table, column) in new[]
            {
                ("/reports/cohorts", "cohort,"), ("/demand?", "category,"), ("/reports/budget", "use,"), ("/demand/reorder", "product,"),
                ("/reports/acquisition", "group,"), ("/reports/movement", "month,"),
            })
            {
                var lines = (await TextAsync(http, Example(table))).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
                Assert.StartsWith(column, lines[0], StringComparison.Ordinal);
                Assert.True(lines.Length > 1, table);
            }

            // A day in a second: customers keep ordering without anyone's doing.
            var worth = await HistoricAsync(http, impatience.Token);
            while (await HistoricAsync(http, impatience.Token) == worth)
            {
                await Pause.ShortAsync(impatience.Token);
            }

            await EndQuietlyAsync(demo, impatience.Token);
        }

        await using var again = await RunningDemo.StartAsync(folder, arguments, impatience.Token);
        Assert.True(await HistoricAsync(again.Http, impatience.Token) > 0);
        await EndQuietlyAsync(again, impatience.Token);
    }

    [Fact]
    public async Task The_demo_leaves_alone_what_is_not_its_own()
    {
        var folder = ClvProcess.NewFolder();
        await File.WriteAllTextAsync(Path.Combine(folder, "store.json"), "{}");
        var (status, _, error) = await ClvProcess.RunAsync("demo", "--data", folder);
        Assert.Equal(1, status);
        Assert.Contains(folder, error, StringComparison.Ordinal);
        Assert.Equal(["store.json"], Directory.EnumerateFiles(folder).Select(Path.GetFileName));
    }

    [Fact]
    public async Task A_simulated_store_is_imported_completely_and_has_the_orders_that_were_told()
    {
        var folder = ClvProcess.NewFolder();
        var (file, truth) = (Path.Combine(folder, "events.jsonl.gz"), Path.Combine(folder, "truth.json"));
        var simulated = Read(await ClvProcess.RunAsync(
            "simulate", "--customers", "20", "--days", "200", "--until", "2026-06-30", "--out", file, "--truth", truth, "--json"));
        var imported = Read(
            await ClvProcess.RunAsync("import", file, "--format", "events", "--data", Path.Combine(folder, "store"), "--json"));
        Assert.Equal(simulated.GetProperty("events").GetInt64(), imported.GetProperty("events").GetInt64());
        Assert.Empty(imported.GetProperty("refused").EnumerateObject());
        using var told = JsonDocument.Parse(await File.ReadAllTextAsync(truth));
        Assert.Equal(20, told.RootElement.GetProperty("customers").GetArrayLength());
    }

    [Theory]
    [InlineData("--customers", "0")]
    [InlineData("--days", "5000")]
    [InlineData("--until", "31.12.2026")]
    public async Task Wrong_options_are_named(string option, string value)
    {
        var (status, _, error) = await ClvProcess.RunAsync("simulate", option, value);
        Assert.Equal(2, status);
        Assert.Contains(option, error, StringComparison.Ordinal);
    }

    private static async Task EndQuietlyAsync(RunningDemo demo, CancellationToken cancellation)
    {
        var (status, error) = await demo.InterruptAsync(cancellation);
        Assert.True(error.Length == 0, error);
        Assert.Equal(0, status);
    }

    // Does what curl would do with the line.
    private static async Task<JsonElement> AskAsync(HttpClient http, string line) => JsonElement.Parse(await TextAsync(http, line));

    private static async Task<string> TextAsync(HttpClient http, string line)
    {
        var parts = Curl().Match(line);
        Assert.True(parts.Success, line);
        using var request = new HttpRequestMessage(
            parts.Groups["body"].Success ? HttpMethod.Post : HttpMethod.Get, parts.Groups["url"].Value);
        if (parts.Groups["body"].Success)
        {
            request.Content = new StringContent(parts.Groups["body"].Value);
            request.Headers.Authorization = new AuthenticationHeaderValue(
                "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(parts.Groups["user"].Value)));
        }

        else
        {
            // The file holds the header.
            var header = (await File.ReadAllTextAsync(parts.Groups["key"].Value)).Split(": ");
            request.Headers.Add(header[0], header[1].Trim());
        }

        using var reply = await http.SendAsync(request);
        return await reply.EnsureSuccessStatusCode().Content.ReadAsStringAsync();
    }

    private static async Task<decimal> HistoricAsync(HttpClient http, CancellationToken cancellation) =>
        JsonElement.Parse(await http.GetStringAsync("api/v1/segments", cancellation)).GetProperty("segments").EnumerateArray()
            .Sum(s => s.GetProperty("historicValue").GetDecimal());

    private static async Task<JsonElement> GetAsync(HttpClient http, string path, CancellationToken cancellation) =>
        JsonElement.Parse(await http.GetStringAsync($"api/v1/{path}", cancellation));

    private static decimal Spent(JsonElement clv) => clv.GetProperty("historic").GetProperty("net").GetDecimal();

    private static JsonElement Read((int ExitCode, string Output, string Error) run)
    {
        Assert.True(run.ExitCode == 0, run.Error);
        return JsonElement.Parse(run.Output);
    }

    [GeneratedRegex(@"^curl (-u (?<user>\S+) |-H @(?<key>\S+) )?'?(?<url>http[^\s']+)'?( -d '(?<body>[^']+)')?$")]
    private static partial Regex Curl();
}
