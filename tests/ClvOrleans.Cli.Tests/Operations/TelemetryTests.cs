using System.Text.RegularExpressions;
using ClvOrleans.Cli.Tests.Deploy;

namespace ClvOrleans.Cli.Tests.Operations;

/// <summary>What a served store sends by OTLP, and what dashboards and alerts ask for.</summary>
public sealed partial class TelemetryTests
{
    // Sent only once there are some; ClvTelemetryTests has their names and units.
    private static readonly string[] Rare =
        [.. OtlpMetrics.Series("clv.decisions", "{decision}", 7, true), .. OtlpMetrics.Series("clv.deliveries", "{delivery}", 7, true)];

    [Fact]
    public async Task Traces_metrics_and_logs_are_sent_and_have_what_dashboard_and_alerts_ask_for()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        await using var service = await ClvProcess.ServeAsync(
            ClvProcess.NewFolder(), "http://127.0.0.1:0", $"OTEL_EXPORTER_OTLP_ENDPOINT={receiver.Address}",
            "OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf", "OTEL_METRIC_EXPORT_INTERVAL=500", "OTEL_BSP_SCHEDULE_DELAY=200",
            "OTEL_BLRP_SCHEDULE_DELAY=200", "CLV_SILO_NAME=silo-7", "Refresh__Interval=00:00:01");
        await service.SendAsync(Tracked.Order("anna", "o1", 10), new { type = "track", userId = "anna" }); // The second is refused.
        await receiver.UntilAsync(r => r.Has("traces", "clv.record") && r.Has("traces", "POST "));
        await receiver.UntilAsync(r => r.Has("logs", "Refused events of store shop, source web"));
        Assert.True(receiver.Has("traces", "silo-7") && receiver.Has("logs", "silo-7"));

        string[] asked = [.. Asked().Except(Rare)];
        Assert.Contains("clv_events_total", asked);
        await receiver.UntilAsync(r => asked.All(r.PrometheusNames.Contains));
    }

    [Fact]
    public async Task Each_signal_can_have_an_address_of_its_own_and_those_without_one_are_not_sent()
    {
        await using var metrics = await OtlpReceiver.StartAsync();
        await using var traces = await OtlpReceiver.StartAsync();
        await using var service = await ClvProcess.ServeAsync(
            ClvProcess.NewFolder(), "http://127.0.0.1:0", $"OTEL_EXPORTER_OTLP_METRICS_ENDPOINT={metrics.Address}/v1/metrics",
            $"OTEL_EXPORTER_OTLP_TRACES_ENDPOINT={traces.Address}/v1/traces", "OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf",
            "OTEL_METRIC_EXPORT_INTERVAL=500", "OTEL_BSP_SCHEDULE_DELAY=200");
        await service.SendAsync(Tracked.Order("anna", "o1", 10));
        await metrics.UntilAsync(r => r.PrometheusNames.Contains("clv_events_total"));
        await traces.UntilAsync(r => r.Has("traces", "clv.record"));
        Assert.Equal(["metrics"], metrics.Signals);
        Assert.Equal(["traces"], traces.Signals);
    }

    [Fact]
    public void Each_alert_is_explained_in_the_runbook() => Assert.Equal(
        Queries.Alerts.Select(a => a.Name).Order(),
        Heading().Matches(File.ReadAllText(Path.Combine(SharedData.Root(), "docs", "operations.md"))).Select(m => m.Groups[1].Value)
            .Order());

    // The names in all queries of the dashboard and of the alerts.
    private static HashSet<string> Asked() =>
    [
        .. Queries.Dashboard.Concat(Queries.Alerts).SelectMany(q => Metric().Matches(Strings().Replace(q.Item2, "")))
            .Select(m => m.Value),
    ];

    [GeneratedRegex(@"\b(clv|http|orleans|dotnet)_[a-z0-9_]+")]
    private static partial Regex Metric();

    [GeneratedRegex("\\{[^}]*\\}|by \\([^)]*\\)")]
    private static partial Regex Strings();

    [GeneratedRegex(@"^### (Clv[A-Za-z]+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();
}
