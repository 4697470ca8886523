using System.Diagnostics;
using System.Globalization;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Events;
using ClvOrleans.Domain.Market;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Grains;
using ClvOrleans.Grains.Stores;
using ClvOrleans.Grains.Trainings;
using ClvOrleans.Storage.CustomerRows;
using ClvOrleans.Storage.Sqlite;
using ClvOrleans.Training;
using ClvOrleans.Training.Forecasts;
using ClvOrleans.Training.Histories;
using ClvOrleans.Training.Learning;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Hosting;

namespace ClvOrleans.Benchmarks.Gathering;

/// <summary>
/// A training set from a journal: all events read into memory, against customers collected by way of a silo. Each in a process of its
/// own, which tells its own peak of memory.
/// </summary>
internal static class CollectionBenchmark
{
    private static readonly ForecastTask Task = new(ValueKind.Gross, new Horizon(90));

    public static async Task RunAsync(int customers, string? way, string? path)
    {
        if (path is null)
        {
            await CompareAsync(customers);
            return;
        }

        var clock = Stopwatch.StartNew();
        await using var journal = new SimulatedJournal(path);
        var history = way == "memory" ? await ReadAsync(journal) : await CollectAsync(journal);
        var read = clock.Elapsed.TotalSeconds;
        var set = TrainingSet.Of(history, Task, SeasonFit.Of(history));
        using var process = Process.GetCurrentProcess();
        Console.WriteLine(FormattableString.Invariant(
            $"{way}: {read:f1} s to read, {clock.Elapsed.TotalSeconds:f1} s to {set.Rows.Count:N0} rows, peak {process.PeakWorkingSet64 / 1e6:N0} MB"));
    }

    private static async Task CompareAsync(int customers)
    {
        var path = Path.Combine(TemporaryFolder.New(), "clv.db");
        await using (var journal = new SimulatedJournal(path))
        {
            Console.WriteLine($"{await journal.WriteAsync(customers):N0} events, {new FileInfo(path).Length / 1_000_000:N0} MB");
        }

        foreach (var way in (string[])["memory", "silo", "memory", "silo"])
        {
            using var child = Process.Start(
                Environment.ProcessPath!, [customers.ToString(CultureInfo.InvariantCulture), "gathering", way, path]);
            await child.WaitForExitAsync();
        }
    }

    private static async Task<StoreHistory> ReadAsync(SimulatedJournal journal)
    {
        var events = new List<(CustomerId, CustomerEvent)>();
        for (var shard = 0; shard < UsualShards.Count; shard++)
        {
            await foreach (var read in journal.History.ReadAsync(SimulatedJournal.Settings.Id, shard))
            {
                events.Add(read);
            }
        }

        return StoreHistory.Of(events, SimulatedJournal.Settings, SimulatedJournal.End);
    }

    private static async Task<StoreHistory> CollectAsync(SimulatedJournal journal)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.UseOrleans(silo => silo.UseLocalhostClustering());
        builder.Services
            .AddSingleton(TimeProvider.System)
            .AddSingleton<IStores>(journal)
            .AddSqliteStorage(journal.Store)
            .AddClvGrains();
        using var host = builder.Build();
        await host.StartAsync();

        DateOnly? first = null;
        await foreach (var head in host.Services.GetRequiredService<ICustomerRows>().SummariesAsync(SimulatedJournal.Settings.Id))
        {
            first = first is null || head.PurchaseDays[0].Day < first ? head.PurchaseDays[0].Day : first;
        }

        var span = HistorySpan.Assumed(first!.Value, SimulatedJournal.End);
        SortedSet<DateOnly> days = [.. ChampionTrainer.AsOfDays(span, Task.Horizon, MarketCalendar.Empty), span.End];
        var customers = await host.Services.GetRequiredService<ShardCollector>().CollectAsync(SimulatedJournal.Settings.Id, [.. days]);
        await host.StopAsync();
        return StoreHistory.Collected(customers, days, SimulatedJournal.Settings);
    }
}
