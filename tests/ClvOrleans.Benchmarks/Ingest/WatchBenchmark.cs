using System.Diagnostics;
using ClvOrleans.Benchmarks.Gathering;
using ClvOrleans.Domain.Segments;
using ClvOrleans.Grains.Customers;
using ClvOrleans.Storage.Segments;
using ClvOrleans.Valuation.Segments;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ClvOrleans.Benchmarks.Ingest;

/// <summary>The same batches through a silo without own segments and one with ten, one after the other in turn.</summary>
internal static class WatchBenchmark
{
    private const int WarmUp = 100;

    // Members come and go: transitions and memberships are written too.
    internal static readonly string[] Rules =
    [
        "orders > 1 and predictedValue >= 20 and historicValue > 10 and lifecycle = 'active' and kind = 'customer' and today > firstSeen "
            + "and lastSeen >= firstSeen and 'a' in categories and expectedPurchaseDays < 100 and count('ProductViewed') >= 0",
        "predictedValue > 200 and pAlive < 0.4", "ordersWithin('30d') >= 3", "pAlive < 0.5", "views4w > 5 and orders = 0", "recency > 90",
        "bucket('a') < 10", "'email' in consents and orders > 3", "spendWithin('365d') > 500", "count('ProductViewed') >= 10",
    ];

    public static async Task RunAsync(int batches)
    {
        await using var none = new SimulatedJournal(Path.Combine(TemporaryFolder.New(), "clv.db"), true);
        await using var ten = new SimulatedJournal(Path.Combine(TemporaryFolder.New(), "clv.db"), true);
        using var without = IngestBenchmark.Build(none);
        using var with = IngestBenchmark.Build(ten, 11_121);
        await without.StartAsync();
        await with.StartAsync();
        for (var i = 0; i < Rules.Length; i++)
        {
            await with.Services.GetRequiredService<ISegmentDefinitions>().TryPutAsync(
                SimulatedJournal.Settings.Id, new SegmentDefinition { Id = new SegmentId($"s{i}"), Rule = Rules[i] }, i);
        }

        var (plain, watched) = (new List<double>(), new List<double>());
        for (var n = 0; n < WarmUp + batches; n++)
        {
            var body = Batches.Of(n);
            (IHost Host, List<double> Times)[] turns = [(without, plain), (with, watched)];
            foreach (var (host, times) in n % 2 == 0 ? turns : [.. turns.Reverse()])
            {
                var began = Stopwatch.GetTimestamp();
                await host.Services.GetRequiredService<EventRouter>().RecordAsync(IngestBenchmark.Read(body));
                times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            }
        }

        await without.StopAsync();
        await with.StopAsync();
        (plain, watched) = (plain[WarmUp..], watched[WarmUp..]);
        IngestBenchmark.Report("without own segments", plain);
        IngestBenchmark.Report("with ten own segments", watched);
        var ratios = watched.Zip(plain, (w, p) => w / p).Order().ToArray();
        Console.WriteLine(
            FormattableString.Invariant(
                $"  with ten it takes {ratios[ratios.Length / 2]:f3} times as long (median of {ratios.Length} pairs)"));
    }
}
