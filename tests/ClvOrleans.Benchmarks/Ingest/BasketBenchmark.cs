using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using ClvOrleans.Benchmarks.Gathering;
using ClvOrleans.Grains.Customers;
using ClvOrleans.Storage.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace ClvOrleans.Benchmarks.Ingest;

/// <summary>
/// The same batches through a silo that does not follow baskets and one that does, in rounds that alternate. Every fifth event is an order
/// of three products; customers are so few that each writes snapshots on the way, to a file as a service does.
/// </summary>
internal static class BasketBenchmark
{
    private const int Round = 20;
    private const int WarmUp = 10;
    private const int Customers = 499;
    private static readonly DateTimeOffset Start = new(2025, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static async Task RunAsync(int rounds)
    {
        await using var none = new SimulatedJournal(Path.Combine(TemporaryFolder.New(), "clv.db"), true);
        await using var all = new SimulatedJournal(Path.Combine(TemporaryFolder.New(), "clv.db"), true);
        using var without = Build(none, 11_141, followsBaskets: false);
        using var with = Build(all, 11_151, followsBaskets: true);
        await without.StartAsync();
        await with.StartAsync();
        var (plain, live, plainWork, liveWork) = (new List<double>(), new List<double>(), new List<double>(), new List<double>());
        for (var n = 0; n < WarmUp + rounds; n++)
        {
            byte[][] bodies = [.. Enumerable.Range(n * Round, Round).Select(BodyOf)];
            (IHost Host, List<double> Times, List<double> Work)[] turns = [(without, plain, plainWork), (with, live, liveWork)];
            foreach (var (host, times, work) in n % 2 == 0 ? turns : [.. turns.Reverse()])
            {
                var router = host.Services.GetRequiredService<EventRouter>();
                var (began, worked) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
                foreach (var body in bodies)
                {
                    await router.RecordAsync(IngestBenchmark.Read(body));
                }

                times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
                work.Add((Environment.CpuUsage.TotalTime - worked).TotalMilliseconds);
            }
        }

        await without.StopAsync();
        await with.StopAsync();
        Console.WriteLine(FormattableString.Invariant(
            $"{Round * Batches.Size * rounds / plain[WarmUp..].Sum() * 1e3:N0} events/s without baskets"));
        Compare("takes", plain[WarmUp..], live[WarmUp..]);
        Compare("works", plainWork[WarmUp..], liveWork[WarmUp..]);
    }

    private static IHost Build(SimulatedJournal journal, int port, bool followsBaskets) => IngestBenchmark.Build(
        journal,
        services => services.AddSqliteStorage(journal.Store)
            .AddSingleton(Options.Create(new CustomerOptions { FollowsBaskets = followsBaskets })),
        port, snapshots: journal.Store.Snapshots);

    private static void Compare(string what, List<double> plain, List<double> live)
    {
        var ratios = live.Zip(plain, (l, p) => l / p).Order().ToArray();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"  with baskets it {what} {ratios[ratios.Length / 2]:f3} times as long (median of {ratios.Length} pairs of rounds, quartiles "
                + $"{ratios[ratios.Length / 4]:f3} to {ratios[ratios.Length * 3 / 4]:f3}), together {live.Sum() / plain.Sum():f3} times"));
    }

    private static byte[] BodyOf(int number) => JsonSerializer.SerializeToUtf8Bytes(new
    {
        batch = Enumerable.Range(number * Batches.Size, Batches.Size).Select(i => new
        {
            type = "track",
            @event = i % 5 == 0 ? "Order Completed" : "Product Viewed",
            userId = $"c{i % Customers}",
            messageId = $"m{i}",
            timestamp = Start.AddMinutes(2 * i),
            properties = i % 5 == 0
                ? new Dictionary<string, object>
                {
                    ["order_id"] = $"o{i}",
                    ["revenue"] = 10 + (i % 50),
                    ["products"] = Enumerable.Range(0, 3).Select(p => new
                    {
                        product_id = $"p{(long)i * (p + 3) % 4_000}",
                        category = $"k{i % 20}",
                        price = 5,
                        quantity = 1 + p,
                    }),
                }
                : new Dictionary<string, object> { ["product_id"] = $"p{i % 4_000}", ["category"] = $"k{i % 20}" },
        }),
    });
}
