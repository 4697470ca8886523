using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using ClvOrleans.Benchmarks.Gathering;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Grains.Customers;
using ClvOrleans.Grains.Stores;
using ClvOrleans.Storage.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ClvOrleans.Benchmarks.Ingest;

/// <summary>
/// Batches of 2,000 orders, each of a customer of its own, through a silo whose store has pseudonyms, one without, and one without that is
/// sent what the pseudonyms are: that keys come in no order costs a store, hashes or not. In turn.
/// </summary>
internal static class PseudonymBenchmark
{
    private const int Size = 2_000;
    private const int WarmUp = 4;
    private static readonly Pseudonyms Pseudonyms = new(new string('a', 2 * Pseudonyms.KeyLength));

    public static async Task RunAsync(int batches)
    {
        await using var first = Open();
        await using var second = Open();
        await using var third = Open();
        using var plain = IngestBenchmark.Build(first);
        using var hashed = IngestBenchmark.Build(new WithPseudonyms(), s => s.AddSqliteStorage(second.Store), 11_121);
        using var sent = IngestBenchmark.Build(third, 11_131);
        (IHost Host, Func<FormattableString, string> Name, List<double> Times)[] ways =
            [(plain, Text, []), (hashed, Text, []), (sent, t => Pseudonyms.OfId(Text(t)), [])];
        foreach (var (host, _, _) in ways)
        {
            await host.StartAsync();
        }

        for (var n = 0; n < WarmUp + batches; n++)
        {
            foreach (var (host, name, times) in Enumerable.Range(0, ways.Length).Select(i => ways[(i + n) % ways.Length]))
            {
                var body = Of(n, name);
                var began = Stopwatch.GetTimestamp();
                await host.Services.GetRequiredService<EventRouter>().RecordAsync(IngestBenchmark.Read(body));
                times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            }
        }

        foreach (var (host, _, _) in ways)
        {
            await host.StopAsync();
        }

        Report("with pseudonyms", ways[1].Times);
        Report("with ids that look like them", ways[2].Times);

        void Report(string name, List<double> times)
        {
            var ratios = times.Zip(ways[0].Times, (t, p) => t / p).Skip(WarmUp).Order().ToArray();
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"  {name} it takes {ratios[ratios.Length / 2]:f2} times as long as without (median of {ratios.Length} pairs; quartiles "
                    + $"{ratios[ratios.Length / 4]:f2}, {ratios[ratios.Length * 3 / 4]:f2})"));
        }
    }

    private static SimulatedJournal Open() => new(Path.Combine(TemporaryFolder.New(), "clv.db"), true);

    private static byte[] Of(int number, Func<FormattableString, string> name) => JsonSerializer.SerializeToUtf8Bytes(new
    {
        batch = Enumerable.Range(number * Size, Size).Select(i => new
        {
            type = "track",
            @event = "Order Completed",
            userId = name($"customer-{i}@example.com"),
            messageId = name($"m{i}"),
            properties = new { order_id = name($"o{i}"), revenue = 10 + (i % 50) },
        }),
    });

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private sealed class WithPseudonyms : IStores
    {
        private readonly StoreSettings _store = SimulatedJournal.Settings with { Pseudonyms = Pseudonyms };

        public IReadOnlyCollection<StoreSettings> All => [_store];

        public StoreSettings Find(StoreId store) => _store;
    }
}
