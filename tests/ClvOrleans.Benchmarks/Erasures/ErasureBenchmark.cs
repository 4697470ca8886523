using System.Diagnostics;
using ClvOrleans.Benchmarks.Gathering;
using ClvOrleans.Benchmarks.Ingest;
using ClvOrleans.Contracts;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Grains.Jobs;
using ClvOrleans.Grains.Privacy;
using ClvOrleans.Storage.CustomerRows;
using ClvOrleans.Storage.Journal;
using ClvOrleans.Storage.Postgres;
using ClvOrleans.Storage.Privacy;
using ClvOrleans.Storage.Sqlite;
using ClvOrleans.Testing;
using ClvOrleans.Valuation.Jobs;
using ClvOrleans.Valuation.Segments;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ClvOrleans.Benchmarks.Erasures;

/// <summary>
/// Requests for one customer of many, and for 10,000 at once, while events come in one batch after the other: how long each takes until it
/// has ended, what senders notice, whether the roll-ups are those of the rows that are left, and whether a byte of anybody is left on disk.
/// </summary>
internal static class ErasureBenchmark
{
    private const int Single = 5;
    private const int Many = 10_000;

    public static async Task RunAsync(int customers, string? engine)
    {
        var folder = TemporaryFolder.New();
        await using var file = new SimulatedJournal(Path.Combine(folder, "clv.db"), true);
        if (engine != "postgres")
        {
            await RunAsync(customers, file, services => services.AddSqliteStorage(file.Store), folder);
            return;
        }

        using var server = PostgresServer.Start(isDurable: true)
            ?? throw new InvalidOperationException("PostgreSQL is not installed: apt-get install postgresql");
        await using var store = await PostgresStore.OpenAsync(
            new PostgresOptions { ConnectionString = server.ConnectionStringFor("public") });
        await RunAsync(customers, file, services => services.AddPostgresStorage(store), null);
    }

    private static async Task RunAsync(int customers, SimulatedJournal stores, Action<IServiceCollection> addStorage, string? folder)
    {
        using var host = IngestBenchmark.Build(stores, addStorage, 11_151);
        await host.StartAsync();
        var services = host.Services;
        var (clock, store) = (Stopwatch.StartNew(), new LargeStore(customers, Math.Min(customers / 2, Many) + Single));
        var events = await store.WriteAsync(services.GetRequiredService<IJournal>());
        Console.WriteLine(FormattableString.Invariant(
            $"{events:N0} events of {customers:N0} customers in {clock.Elapsed.TotalSeconds:f0} s{SizeOf(folder)}"));
        clock.Restart();
        var before = (await SumAsync(services)).Values.Sum(s => s.Customers);
        Console.WriteLine(FormattableString.Invariant($"roll-ups of {before:N0} customers begun in {clock.Elapsed.TotalSeconds:f1} s"));

        await using (var sender = new SteadySender(services))
        {
            await Task.Delay(TimeSpan.FromSeconds(10));
            sender.Report("before");
            for (var i = 0; i < Single; i++)
            {
                await RequestAsync(services, [store.UserOf(i)]);
            }

            sender.Report("while one after the other was erased");
            await RequestAsync(services, [.. Enumerable.Range(Single, Math.Min(customers / 2, Many)).Select(store.UserOf)]);
            sender.Report("while many were erased");
            clock.Restart();
            await services.GetRequiredService<IErasures>().CompactAsync();
            Console.WriteLine(FormattableString.Invariant($"scrubbed in {clock.Elapsed.TotalSeconds:f1} s{SizeOf(folder)}"));
            sender.Report("while it was scrubbed");
        }

        var (shards, rows) = (await SumAsync(services), await SumOfRowsAsync(services));
        var isExact = shards.Count == rows.Count && shards.All(s => rows.TryGetValue(s.Key, out var of) && of == s.Value);
        var left = before - shards.Values.Sum(s => s.Customers);
        Console.WriteLine(FormattableString.Invariant(
            $"roll-ups {(isExact ? "are" : "ARE NOT")} those of the rows; {left + Batches.Customers:N0} customers fewer than written and sent"));
        await host.StopAsync();
        if (folder is not null)
        {
            clock.Restart();
            Console.WriteLine(FormattableString.Invariant(
                $"names of erased people in the files: {FileSearch.Find(folder, LargeStore.Mark).Sum(f => f.Times):N0}{SizeOf(folder)}"));
        }
    }

    private static string SizeOf(string? folder) => folder is null ? "" : FormattableString.Invariant(
        $", {Directory.GetFiles(folder).Sum(f => new FileInfo(f).Length) / 1e6:N0} MB");

    private static async Task RequestAsync(IServiceProvider services, string[] users)
    {
        var (jobs, store) = (services.GetRequiredService<StoreJobs>(), SimulatedJournal.Settings.Id);
        var clock = Stopwatch.StartNew();
        var begun = await jobs.BeginAsync(
            store, JobKind.Erasure, "", new ErasureRequest(ErasureKind.DeleteOnly, [.. users]), waits: true);
        var stages = new List<string>();
        var waiting = jobs.WaitAsync(store, begun.Job);
        for (var stage = ""; !waiting.IsCompleted; await Task.WhenAny(waiting, Task.Delay(10)))
        {
            if (await jobs.FindAsync(store, begun.Job.Id) is { Stage: { } now } && now.Split(' ')[0] is var name && name != stage)
            {
                stages.Add(FormattableString.Invariant($"{name} from {clock.Elapsed.TotalSeconds:f2} s"));
                stage = name;
            }
        }

        var ended = await waiting;
        var result = JobJson.Read<ErasureResult>(ended.Result!.Value);
        Console.WriteLine(FormattableString.Invariant(
            $"{users.Length:N0} erased, {ended.State} in {clock.Elapsed.TotalSeconds:f2} s, {result.Events:N0} events; ")
            + string.Join(", ", stages));
    }

    private static async Task<Dictionary<SegmentCell, SegmentSums>> SumAsync(IServiceProvider services)
    {
        var grains = services.GetRequiredService<IGrainFactory>();
        var sums = new Dictionary<SegmentCell, SegmentSums>();
        for (var shard = 0; shard < UsualShards.Count; shard++)
        {
            foreach (var (cell, sum) in (await grains.GetShard(SimulatedJournal.Settings.Id, shard).SumAsync()).Cells)
            {
                sums[cell] = sums.GetValueOrDefault(cell) + sum;
            }
        }

        return sums;
    }

    private static async Task<Dictionary<SegmentCell, SegmentSums>> SumOfRowsAsync(IServiceProvider services)
    {
        var rows = services.GetRequiredService<ICustomerRows>();
        var sums = new Dictionary<SegmentCell, SegmentSums>();
        for (var shard = 0; shard < UsualShards.Count; shard++)
        {
            await foreach (var change in rows.ChangesAsync(SimulatedJournal.Settings.Id, shard, 0))
            {
                if (change.Contribution.Cell is { } cell)
                {
                    sums[cell] = sums.GetValueOrDefault(cell) + change.Contribution.Sums;
                }
            }
        }

        return sums;
    }
}
