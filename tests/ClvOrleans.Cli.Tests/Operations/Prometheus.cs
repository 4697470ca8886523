using System.ComponentModel;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using ClvOrleans.Cli.Tests.Deploy;

namespace ClvOrleans.Cli.Tests.Operations;

/// <summary>A real Prometheus with the alerts of <c>deploy</c>, which reads metrics every second.</summary>
internal sealed class Prometheus : IAsyncDisposable
{
    private readonly Process _process;
    private readonly HttpClient _http;

    private Prometheus(Process process, Uri address) => (_process, _http) = (process, new HttpClient { BaseAddress = address });

    /// <summary>Starts it; the test is skipped where it is not installed.</summary>
    /// <param name="target">Whose <c>/metrics</c> it reads.</param>
    public static async Task<Prometheus> StartAsync(Uri target)
    {
        var (folder, address) = (TemporaryFolder.New(), $"127.0.0.1:{FreePort.Find()}");
        var config = Path.Combine(folder, "prometheus.yml");
        await File.WriteAllTextAsync(config, $$"""
            global: { scrape_interval: 1s, evaluation_interval: 1s }
            rule_files: [ "{{Path.Combine(Queries.Folder, "alerts.yml")}}" ]
            scrape_configs: [ { job_name: clvorleans, static_configs: [ { targets: [ "{{target.Authority}}" ] } ] } ]
            """);
        try
        {
            string[] arguments =
            [
                $"--config.file={config}", $"--storage.tsdb.path={Path.Combine(folder, "data")}", $"--web.listen-address={address}",
                "--log.level=error",
            ];
            return new Prometheus(Process.Start("prometheus", arguments), new Uri($"http://{address}"));
        }
        catch (Win32Exception)
        {
            Assert.Skip("Prometheus is not installed: apt-get install prometheus");
            throw;
        }
    }

    /// <summary>What an expression gives now: labels and value of each series.</summary>
    public async Task<IReadOnlyList<JsonElement>> QueryAsync(string expression)
    {
        var data = await GetAsync($"api/v1/query?query={Uri.EscapeDataString(expression)}");
        return [.. data.GetProperty("result").EnumerateArray()];
    }

    /// <summary>Its alerts: name, health of the last evaluation, and state.</summary>
    public async Task<IReadOnlyList<(string Name, string Health, string State)>> AlertsAsync() =>
    [
        .. (await GetAsync("api/v1/rules")).GetProperty("groups").EnumerateArray()
            .SelectMany(g => g.GetProperty("rules").EnumerateArray()).Select(r => (
                r.GetProperty("name").GetString()!, r.GetProperty("health").GetString()!, r.GetProperty("state").GetString()!)),
    ];

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    // It takes a second to start.
    private async Task<JsonElement> GetAsync(string path)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (true)
        {
            Assert.False(_process.HasExited, "Prometheus has ended.");
            try
            {
                using var answer = await _http.GetAsync(path, limit.Token);
                if (answer.StatusCode != HttpStatusCode.ServiceUnavailable)
                {
                    var text = await answer.Content.ReadAsStringAsync(limit.Token);
                    Assert.True(answer.IsSuccessStatusCode, $"{path}: {text}");
                    return JsonDocument.Parse(text).RootElement.GetProperty("data");
                }
            }
            catch (HttpRequestException)
            {
                // Not yet.
            }

            await Task.Delay(100, limit.Token);
        }
    }
}
