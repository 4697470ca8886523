using System.Diagnostics;
using System.Globalization;
using ClvOrleans.Benchmarks.Ingest;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;

namespace ClvOrleans.Benchmarks.Telemetry;

/// <summary>
/// What telemetry costs events: batches of 100 over HTTP to services in processes of their own, one that sends nothing, one that sends
/// metrics every second, and one that sends metrics, logs and every trace; in turn, to a receiver in this process that throws it away.
/// </summary>
internal static class TelemetryBenchmark
{
    private const int WarmUp = 4;
    private const int BatchesEach = 40;

    public static async Task RunAsync(int rounds)
    {
        await using var sink = await StartSinkAsync();
        var to = sink.Urls.Single();
        (string Name, string[] Environment)[] ways =
        [
            ("nothing is sent", []),
            ("metrics", [$"OTEL_EXPORTER_OTLP_METRICS_ENDPOINT={to}/v1/metrics"]),
            ("metrics, traces and logs", [$"OTEL_EXPORTER_OTLP_ENDPOINT={to}"]),
        ];
        var services = new List<MeasuredService>();
        try
        {
            foreach (var (_, environment) in ways)
            {
                services.Add(await MeasuredService.StartAsync(
                    [.. environment, "OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf", "OTEL_METRIC_EXPORT_INTERVAL=1000"]));
            }

            var measured = services.Select(_ => new List<(double Time, double Processor)>()).ToArray();
            for (var round = 0; round < WarmUp + rounds; round++)
            {
                var bodies = Enumerable.Range(round * BatchesEach, BatchesEach).Select(n => Batches.Of(n)).ToArray();
                foreach (var way in Enumerable.Range(0, ways.Length).Select(i => (i + round) % ways.Length))
                {
                    var one = await MeasureAsync(services[way], bodies);
                    if (round >= WarmUp)
                    {
                        measured[way].Add(one);
                    }
                }
            }

            for (var way = 0; way < ways.Length; way++)
            {
                Report(ways[way].Name, measured[way], measured[0]);
            }
        }
        finally
        {
            services.ForEach(s => s.Dispose());
        }
    }

    private static async Task<(double Time, double Processor)> MeasureAsync(MeasuredService service, byte[][] bodies)
    {
        var (before, watch) = (service.ProcessorTime, Stopwatch.StartNew());
        foreach (var body in bodies)
        {
            await service.SendAsync(body);
        }

        return (watch.Elapsed.TotalMilliseconds / bodies.Length, (service.ProcessorTime - before).TotalMilliseconds / bodies.Length);
    }

    private static void Report(string name, List<(double Time, double Processor)> way, List<(double Time, double Processor)> plain)
    {
        var (time, processor) = (Quartiles.Median(way.Select(w => w.Time)), Quartiles.Median(way.Select(w => w.Processor)));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}: a batch {time:f1} ms, {processor:f1} ms of processor"));
        Console.WriteLine($"  time: {Ratio(w => w.Time)}; processor: {Ratio(w => w.Processor)}");

        string Ratio(Func<(double Time, double Processor), double> of) => Quartiles.Of(way.Zip(plain, (w, p) => of(w) / of(p)));
    }

    private static async Task<WebApplication> StartSinkAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        app.Run(context => context.Request.Body.CopyToAsync(Stream.Null));
        await app.StartAsync();
        return app;
    }
}
