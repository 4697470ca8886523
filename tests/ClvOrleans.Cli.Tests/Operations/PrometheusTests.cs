using System.Text.RegularExpressions;
using ClvOrleans.Cli.Tests.Deploy;

namespace ClvOrleans.Cli.Tests.Operations;

/// <summary>What a real Prometheus makes of the metrics of a served store: each panel and each alert has what it asks for.</summary>
public sealed partial class PrometheusTests
{
    // Of these there is nothing where nothing is wrong and no policy acts.
    private static readonly string[] Quiet =
        ["ClvDeliveriesDie", "ClvEventsFail", "ClvNothingReported", "ClvRequestsFail", "Decisions", "Deliveries"];

    [Fact]
    public async Task Panels_and_alerts_find_their_data_and_no_alert_fires_on_a_sound_store()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        await using var prometheus = await Prometheus.StartAsync(new Uri(receiver.Address));
        await using var service = await ClvProcess.ServeAsync(
            ClvProcess.NewFolder(), "http://127.0.0.1:0", $"OTEL_EXPORTER_OTLP_METRICS_ENDPOINT={receiver.Address}/v1/metrics",
            "OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf", "OTEL_METRIC_EXPORT_INTERVAL=500", "CLV_SILO_NAME=silo-7",
            "Refresh__Interval=00:00:01"); // As docker-compose.yml has it: one signal, by its own address.
        var queries = Queries.Dashboard.Concat(Queries.Alerts).ToArray();
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        for (var round = 0; ; round++)
        {
            object refused = new { type = "track", userId = "anna" };
            await service.SendAsync([.. Enumerable.Range(0, 40).Select(i => Tracked.Order($"c{i}", $"o{round}-{i}", 10)), refused]);
            var (empty, alerts) = (await WithoutDataAsync(prometheus, queries), await prometheus.AlertsAsync());

            // The first rates are of a round of which only a part was exported: the one that is refused may seem to be the only one.
            if (empty.SequenceEqual(Quiet) && alerts.All(a => a.State == "inactive"))
            {
                Assert.Equal(Queries.Alerts.Select(a => (a.Name, "ok", "inactive")).Order(), alerts.Order());
                break;
            }

            Assert.False(limit.IsCancellationRequested, $"No data: {string.Join(", ", empty)}; alerts: {string.Join(", ", alerts)}");
            await Task.Delay(250);
        }

        var silos = await prometheus.QueryAsync("clv_shards");
        Assert.Equal("silo-7", Assert.Single(silos).GetProperty("metric").GetProperty("service_instance_id").GetString());
    }

    // An alert is asked for what it compares, whatever comes out.
    private static async Task<List<string>> WithoutDataAsync(Prometheus prometheus, (string Name, string Query)[] queries)
    {
        var empty = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var (name, query) in queries)
        {
            var asked = Comparison().Replace(query.Replace("$__rate_interval", "10s", StringComparison.Ordinal), "$1 bool ");
            if ((await prometheus.QueryAsync(asked)).Count == 0)
            {
                empty.Add(name);
            }
        }

        return [.. empty];
    }

    [GeneratedRegex(@"(?<![=!])(>=|<|>)\s")]
    private static partial Regex Comparison();
}
