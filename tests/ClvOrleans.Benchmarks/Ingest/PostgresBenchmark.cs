using System.Diagnostics;
using ClvOrleans.Benchmarks.Gathering;
using ClvOrleans.Contracts;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Grains.Customers;
using ClvOrleans.Storage.CustomerRows;
using ClvOrleans.Storage.Postgres;
using ClvOrleans.Storage.Sqlite;
using ClvOrleans.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ClvOrleans.Benchmarks.Ingest;

/// <summary>
/// Batches of 100 events of 100 customers by 32 senders at once, through a silo over PostgreSQL, a silo over SQLite, and as COPY of the
/// rows of the events alone: in turns, each durable; and the commits of the same events without intake and grains. First the customers
/// are new; then, with new silos, they are known and nobody is in memory.
/// </summary>
internal static class PostgresBenchmark
{
    private const int Senders = 32;
    private const int Turn = 64;

    public static async Task RunAsync(int batches)
    {
        using var server = PostgresServer.Start(isDurable: true)
            ?? throw new InvalidOperationException("PostgreSQL is not installed: apt-get install postgresql");
        var options = new PostgresOptions { ConnectionString = server.ConnectionStringFor("public") };
        await using var store = await PostgresStore.OpenAsync(options);
        await using var file = new SimulatedJournal(Path.Combine(TemporaryFolder.New(), "clv.db"), true);
        await using var copy = await EventCopies.OpenAsync(options);
        var alone = new CommitsAlone(store);
        await EventWays.RunAsync(store);
        for (var pass = 0; pass < 2; pass++)
        {
            using var over = IngestBenchmark.Build(file, services => services.AddPostgresStorage(store), 11_131 + pass);
            using var embedded = IngestBenchmark.Build(file, services => services.AddSqliteStorage(file.Store), 11_141 + pass);
            await over.StartAsync();
            await embedded.StartAsync();
            Console.WriteLine(pass == 0 ? "New customers" : "Known customers, none in memory");
            await PassAsync(pass * batches, batches, [
                ("PostgreSQL", events => Router(over).RecordAsync(events)),
                ("SQLite", events => Router(embedded).RecordAsync(events)),
                ("COPY of the events alone", copy.WriteAsync),
                ("the commits on PostgreSQL alone", alone.WriteAsync),
            ]);
            if (pass == 1)
            {
                await ReadAsync(over, embedded, batches * Batches.Size);
            }

            await over.StopAsync();
            await embedded.StopAsync();
        }
    }

    private static EventRouter Router(IHost host) => host.Services.GetRequiredService<EventRouter>();

    private static async Task PassAsync(int first, int batches, (string Name, Func<List<RoutedEvent>, Task> Send)[] ways)
    {
        var seconds = ways.Select(_ => new List<double>()).ToArray();
        for (var (from, turn) = (first, 0); from < first + batches; from += Turn, turn++)
        {
            var read = Enumerable.Range(from, Math.Min(Turn, first + batches - from)).Select(n => Batches.Of(n, batches * Batches.Size))
                .ToArray();
            for (var way = 0; way < ways.Length; way++)
            {
                var now = (way + turn) % ways.Length;
                var began = Stopwatch.GetTimestamp();
                await Parallel.ForEachAsync(
                    read, new ParallelOptions { MaxDegreeOfParallelism = Senders },
                    async (body, _) => await ways[now].Send(IngestBenchmark.Read(body)));
                seconds[now].Add(Stopwatch.GetElapsedTime(began).TotalSeconds / read.Length / Batches.Size);
            }
        }

        for (var way = 0; way < ways.Length; way++)
        {
            Console.WriteLine(FormattableString.Invariant(
                $"  {ways[way].Name}: {1 / Middle(seconds[way], .5):N0} events/s (median of {seconds[way].Count} turns)"));
        }

        Compare(0, 1);
        Compare(0, 2);
        Compare(3, 2);

        void Compare(int one, int other)
        {
            var ratios = seconds[one].Zip(seconds[other], (mine, others) => others / mine).ToList();
            Console.WriteLine(FormattableString.Invariant(
                $"  {ways[one].Name}: {Middle(ratios, .5):f2} of {ways[other].Name} (quartiles {Middle(ratios, .25):f2}, {Middle(ratios, .75):f2})"));
        }
    }

    private static async Task ReadAsync(IHost over, IHost embedded, int customers)
    {
        (string Name, Func<IHost, CustomerId, Task> Read)[] kinds =
        [
            ("Customers in memory", (host, id) => host.Services.GetRequiredService<IGrainFactory>().GetCustomer(id).ViewAsync(null)),
            ("Rows", (host, id) => host.Services.GetRequiredService<ICustomerRows>().FindAsync(id)),
        ];
        foreach (var (name, read) in kinds)
        {
            foreach (var readers in new[] { 1, 16 })
            {
                var (postgres, sqlite) = (new List<double>(), new List<double>());
                for (var turn = 0; turn < 10; turn++)
                {
                    postgres.Add(await RateAsync(id => read(over, id), customers, readers, turn));
                    sqlite.Add(await RateAsync(id => read(embedded, id), customers, readers, turn));
                }

                Console.WriteLine(FormattableString.Invariant(
                    $"{name} by {readers} at once: PostgreSQL {Middle(postgres, .5):N0}/s, SQLite {Middle(sqlite, .5):N0}/s"));
            }
        }
    }

    private static async Task<double> RateAsync(Func<CustomerId, Task> read, int customers, int readers, int turn)
    {
        const int Reads = 1_000;
        var (store, began) = (SimulatedJournal.Settings.Id, Stopwatch.GetTimestamp());
        await Parallel.ForEachAsync(
            Enumerable.Range(turn * Reads, Reads), new ParallelOptions { MaxDegreeOfParallelism = readers },
            async (i, _) => await read(CustomerId.OfUser(store, FormattableString.Invariant($"c{i * 7919L % customers}"))));
        return Reads / Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    private static double Middle(List<double> values, double place) => values.Order().ElementAt((int)((values.Count - 1) * place));
}
