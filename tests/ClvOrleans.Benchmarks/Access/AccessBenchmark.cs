using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Json;
using System.Reflection;
using System.Text.Json;
using ClvOrleans.Server.Access;
using ClvOrleans.Server.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace ClvOrleans.Benchmarks.Access;

/// <summary>
/// What it costs the live read of a customer's value over HTTP to ask who reads, to keep to limits and to note it in the audit log: the
/// same service answers with a key, and with its endpoint declared open, round by round in turn.
/// </summary>
internal static class AccessBenchmark
{
    private const string Pattern = "/api/v1/customers/{id}/clv";
    private const int Connections = 8;
    private const int RequestsEach = 1_000;

    public static async Task RunAsync(int rounds)
    {
        Environment.SetEnvironmentVariable("Limits__RequestsPerKey", "1000000"); // It is counted, and never reached.
        var folder = TemporaryFolder.New();
        var service = ClvHost.Build(new ProcessOptions(folder, "http://127.0.0.1:0", WriteKey: "WK", Relaxed: true));
        await service.StartAsync();
        try
        {
            await CompareAsync(service, folder, Math.Min(rounds, 200));
        }
        finally
        {
            await service.StopAsync();
            await service.DisposeAsync();
        }
    }

    private static async Task CompareAsync(WebApplication service, string folder, int rounds)
    {
        var address = new Uri(service.Urls.First());
        using var owner = OwnerKey.Client(address, folder);
        var order = new
        {
            type = "track",
            @event = "Order Completed",
            userId = "anna",
            properties = new { order_id = "o1", revenue = 25 },
            writeKey = "WK",
        };
        using var sent = await owner.PostAsJsonAsync("v1/track", order);
        sent.EnsureSuccessStatusCode();
        using var made = await owner.PostAsJsonAsync("api/v1/keys", new { name = "reader", scope = "read" });
        var key = (await made.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("key").GetString();
        using var first = await owner.GetAsync("api/v1/customers/anna/clv"); // From now on the gate knows the endpoint.
        first.EnsureSuccessStatusCode();
        var door = new Doors(service);
        using var load = new ReadLoad(address, Connections, "/api/v1/customers/anna/clv");

        var (open, closed) = (new List<Round>(), new List<Round>());
        for (var round = -3; round < rounds; round++) // Three to get warm.
        {
            foreach (var isOpen in round % 2 == 0 ? (bool[])[true, false] : [false, true])
            {
                door.Set(isOpen);
                var measured = await MeasureAsync(load, isOpen ? null : key);
                if (round >= 0)
                {
                    (isOpen ? open : closed).Add(measured);
                }
            }
        }

        foreach (var (name, measured) in ((string, List<Round>)[])[("open", open), ("with a key", closed)])
        {
            var perSecond = Quartiles.Median(measured.Select(r => r.PerSecond));
            var processor = Quartiles.Median(measured.Select(r => r.Processor));
            Console.WriteLine($"{name}: {perSecond:N0} reads/s, {processor:0.0} µs of processor each");
        }

        Console.WriteLine($"rate with a key, of that without: {Quartiles.Of(closed.Zip(open, (c, o) => c.PerSecond / o.PerSecond))}");
        Console.WriteLine($"processor with a key, of that without: {Quartiles.Of(closed.Zip(open, (c, o) => c.Processor / o.Processor))}");
    }

    private static async Task<Round> MeasureAsync(ReadLoad load, string? key)
    {
        using var process = Process.GetCurrentProcess();
        var (before, watch) = (process.TotalProcessorTime, Stopwatch.StartNew());
        await load.RunAsync(key, RequestsEach);
        var wall = watch.Elapsed;
        process.Refresh();
        const int requests = Connections * RequestsEach;
        return new Round(requests / wall.TotalSeconds, (process.TotalProcessorTime - before).TotalMicroseconds / requests);
    }

    private sealed record Round(double PerSecond, double Processor);

    // The gate remembers the rule of each endpoint; here that of one is exchanged, which the service itself has no way to do.
    private sealed class Doors
    {
        private readonly ConcurrentDictionary<Endpoint, AccessRule> _known;
        private readonly Endpoint _endpoint;
        private readonly AccessRule _closed;

        public Doors(WebApplication service)
        {
            _known = (ConcurrentDictionary<Endpoint, AccessRule>)typeof(AccessRules)
                .GetField("_known", BindingFlags.Instance | BindingFlags.NonPublic)!
                .GetValue(service.Services.GetRequiredService<AccessRules>())!;
            (_endpoint, _closed) = _known.Single(rule => rule.Value is { Method: "GET", Pattern: AccessBenchmark.Pattern });
        }

        public void Set(bool isOpen) => _known[_endpoint] = isOpen ? _closed with { Door = Door.Open } : _closed;
    }
}
