using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ClvOrleans.Cli.Tests.Operations;

/// <summary>A collector that keeps what it is sent by OTLP over HTTP, and shows the last metrics to a Prometheus that reads them.</summary>
internal sealed class OtlpReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<(string Signal, byte[] Body)> _received = new();
    private readonly ConcurrentQueue<(Func<OtlpReceiver, bool> Condition, TaskCompletionSource Done)> _waiting = new();

    private OtlpReceiver(WebApplication app) => _app = app;

    public string Address => _app.Urls.Single();

    /// <summary>Names of the metrics that were sent, as Prometheus 3 translates them.</summary>
    public HashSet<string> PrometheusNames => [.. Bodies("metrics").SelectMany(OtlpMetrics.PrometheusNames)];

    /// <summary>The signals that were sent.</summary>
    public IReadOnlyList<string> Signals => [.. _received.Select(r => r.Signal).Distinct()];

    /// <summary>Whether a text is in what was sent of a signal.</summary>
    public bool Has(string signal, string text) =>
        Bodies(signal).Any(b => b.AsSpan().IndexOf(System.Text.Encoding.UTF8.GetBytes(text)) >= 0);

    public static async Task<OtlpReceiver> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        var receiver = new OtlpReceiver(app);
        app.MapPost("/v1/{signal}", async (string signal, HttpRequest request) =>
        {
            using var body = new MemoryStream();
            await request.Body.CopyToAsync(body);
            receiver.Receive(signal, body.ToArray());
            return Results.Bytes([], "application/x-protobuf");
        });
        app.MapGet("/metrics", () => Results.Text(receiver.Bodies("metrics").Select(PrometheusText.Of).LastOrDefault("")));
        await app.StartAsync();
        return receiver;
    }

    /// <summary>Waits until what was sent fulfils a condition.</summary>
    public async Task UntilAsync(Func<OtlpReceiver, bool> condition)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiting.Enqueue((condition, done));
        Look();
        await done.Task.WaitAsync(TimeSpan.FromMinutes(1));
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private IEnumerable<byte[]> Bodies(string signal) => _received.Where(r => r.Signal == signal).Select(r => r.Body);

    private void Receive(string signal, byte[] body)
    {
        _received.Enqueue((signal, body));
        Look();
    }

    private void Look()
    {
        foreach (var (_, done) in _waiting.Where(w => w.Condition(this)))
        {
            done.TrySetResult();
        }
    }
}
