using ClvOrleans.Benchmarks.Gathering;
using ClvOrleans.Benchmarks.Ingest;
using ClvOrleans.Contracts;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Grains.Customers;
using ClvOrleans.Storage.Postgres;
using ClvOrleans.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;

namespace ClvOrleans.Benchmarks.Scale;

/// <summary>
/// Measures the costs that docs/scale.md is computed from, one silo over one PostgreSQL: of a transaction and of an event in it, of an
/// event in a silo, of a customer who comes into memory, and of a customer who is estimated for a new day.
/// </summary>
internal static class ScaleBenchmark
{
    private const int Senders = 32;
    private static readonly int[] Groups = [1, 4, 16, 64, 256];

    public static async Task RunAsync(int batches)
    {
        using var server = PostgresServer.Start(isDurable: true)
            ?? throw new InvalidOperationException("PostgreSQL is not installed: apt-get install postgresql");
        var options = new PostgresOptions { ConnectionString = server.ConnectionStringFor("public") };
        await using var store = await PostgresStore.OpenAsync(options);
        await using var settings = new SimulatedJournal(Path.Combine(TemporaryFolder.New(), "clv.db"));
        var meter = new Meter(store, await ServerProcessor.OfAsync(store));
        await CommitsAsync(store, meter, batches);
        var customers = batches * Batches.Size / 4;
        await EventsAsync(store, settings, meter, batches, customers);
        await DaysAsync(store, settings, meter, customers);
    }

    // The same events in groups of different sizes: what a transaction takes, and what an event in it.
    private static async Task CommitsAsync(PostgresStore store, Meter meter, int batches)
    {
        var counted = new CommitCount();
        await using var writer = new PostgresWriter(store.Database, new PostgresOptions { ConnectionString = "", Writers = 1 }, counted);
        var alone = new CommitsAlone(store, writer);
        var readings = new List<(double Transactions, double Events, Reading Took)>();
        var next = 0;
        await alone.WriteAsync(Next(2_000));
        for (var round = 0; round < 3; round++)
        {
            foreach (var size in Groups)
            {
                var groups = Math.Clamp(batches * Batches.Size / 8 / size, 8, 200);
                var events = Enumerable.Range(0, groups).Select(_ => Next(size)).ToArray();
                var before = counted.Transactions;
                var took = await meter.ReadAsync(async () =>
                {
                    foreach (var group in events)
                    {
                        await alone.WriteAsync(group);
                    }
                });
                var transactions = counted.Transactions - before;
                readings.Add((transactions, size * groups, took));
                Console.WriteLine(FormattableString.Invariant(
                    $"  groups of {size}: {size * groups} events in {transactions} transactions, {took.Wall * 1e3:N0} ms, ")
                    + FormattableString.Invariant($"silo {took.Silo * 1e3:N0} ms, database {took.Database * 1e3:N0} ms"));
            }
        }

        Show("time", r => r.Wall);
        Show("processor of the silo", r => r.Silo);
        Show("processor of the database", r => r.Database);

        List<RoutedEvent> Next(int size)
        {
            var events = new List<RoutedEvent>();
            while (events.Count < size)
            {
                events.AddRange(IngestBenchmark.Read(Batches.Of(next++, 1_000_000)));
            }

            return events[..size];
        }

        // By least squares of the errors in proportion.
        void Show(string what, Func<Reading, double> of)
        {
            var (tt, te, ee, ty, ey) = (0d, 0d, 0d, 0d, 0d);
            foreach (var (transactions, events, took) in readings)
            {
                var y = Math.Max(of(took), .01);
                var (t, e) = (transactions / y, events / y);
                (tt, te, ee, ty, ey) = (tt + (t * t), te + (t * e), ee + (e * e), ty + t, ey + e);
            }

            var determinant = (tt * ee) - (te * te);
            Console.WriteLine(FormattableString.Invariant(
                $"  a transaction, and an event in it, {what}: {((ty * ee) - (ey * te)) / determinant * 1e6:N0} µs, ")
                + FormattableString.Invariant($"{((ey * tt) - (ty * te)) / determinant * 1e6:N1} µs"));
        }
    }

    private static async Task EventsAsync(PostgresStore store, SimulatedJournal settings, Meter meter, int batches, int customers)
    {
        using var first = IngestBenchmark.Build(settings, services => services.AddPostgresStorage(store), 11_151);
        await first.StartAsync();
        var (n, events) = (0, (double)batches * Batches.Size);
        await SendAsync(first, customers / Batches.Size);
        var warm = await meter.ReadAsync(() => SendAsync(first, batches));
        Console.WriteLine(FormattableString.Invariant(
            $"  an event of a customer in memory: silo {warm.Silo / events * 1e6:N0} µs, database ")
            + FormattableString.Invariant($"{warm.Database / events * 1e6:N0} µs, {events / warm.Wall:N0} events/s, ")
            + FormattableString.Invariant($"log {warm.Logged / events:N0} bytes, kept {warm.Kept / events:N0} bytes"));
        await first.StopAsync();

        using var second = IngestBenchmark.Build(settings, services => services.AddPostgresStorage(store), 11_152);
        await second.StartAsync();
        var grains = second.Services.GetRequiredService<IGrainFactory>();
        await ViewAsync(grains, 0, 200);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var cold = await meter.ReadAsync(() => ViewAsync(grains, 200, customers));
        var active = (GC.GetTotalMemory(forceFullCollection: true) - before) / (double)(customers - 200);
        var again = await meter.ReadAsync(() => ViewAsync(grains, 200, customers));
        var views = customers - 200d;
        Console.WriteLine(FormattableString.Invariant(
            $"  a customer who comes into memory: silo {(cold.Silo - again.Silo) / views * 1e6:N0} µs, database ")
            + FormattableString.Invariant($"{cold.Database / views * 1e6:N0} µs, memory {active:N0} bytes"));
        await second.StopAsync();

        async Task SendAsync(IHost host, int count)
        {
            var bodies = Enumerable.Range(n, count).Select(i => Batches.Of(i, customers)).ToArray();
            n += count;
            var router = host.Services.GetRequiredService<EventRouter>();
            await Parallel.ForEachAsync(
                bodies, new ParallelOptions { MaxDegreeOfParallelism = Senders },
                async (body, _) => await router.RecordAsync(IngestBenchmark.Read(body)));
        }
    }

    // A silo whose clock shows tomorrow estimates all again.
    private static async Task DaysAsync(PostgresStore store, SimulatedJournal settings, Meter meter, int customers)
    {
        var tomorrow = new FakeTimeProvider(TimeProvider.System.GetUtcNow().AddDays(1));
        using var host = IngestBenchmark.Build(settings, services => services.AddPostgresStorage(store), 11_153, tomorrow);
        await host.StartAsync();
        var grains = host.Services.GetRequiredService<IGrainFactory>();
        var day = await meter.ReadAsync(() => Task.WhenAll(Enumerable.Range(0, UsualShards.Count).Select(async shard =>
        {
            while (!await grains.GetShard(SimulatedJournal.Settings.Id, shard).RefreshAsync())
            {
            }
        })));
        Console.WriteLine(FormattableString.Invariant(
            $"  a customer who is estimated for a new day: silo {day.Silo / customers * 1e6:N0} µs, database ")
            + FormattableString.Invariant($"{day.Database / customers * 1e6:N0} µs, log {(double)day.Logged / customers:N0} bytes"));
        await host.StopAsync();
    }

    private static Task ViewAsync(IGrainFactory grains, int from, int to) => Parallel.ForEachAsync(
        Enumerable.Range(from, to - from), new ParallelOptions { MaxDegreeOfParallelism = Senders },
        async (i, _) => await grains.GetCustomer(
            CustomerId.OfUser(SimulatedJournal.Settings.Id, FormattableString.Invariant($"c{i}"))).ViewAsync(null));
}
