using System.Diagnostics;
using ClvOrleans.Benchmarks.Gathering;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Grains;
using ClvOrleans.Grains.Customers;
using ClvOrleans.Grains.Stores;
using ClvOrleans.Grains.Trainings;
using ClvOrleans.Intake.Tracking;
using ClvOrleans.Server.Trainings;
using ClvOrleans.Storage.CustomerRows;
using ClvOrleans.Storage.Journal;
using ClvOrleans.Storage.Sqlite;
using ClvOrleans.Valuation.Segments;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using Orleans.Hosting;

namespace ClvOrleans.Benchmarks.Ingest;

/// <summary>
/// Batches of 100 events of 100 customers, one batch after the other: read as JSON, routed, folded, estimated and committed by a silo, each
/// commit waiting for the disk; against the same events committed to a journal alone.
/// </summary>
internal static class IngestBenchmark
{
    private const int WarmUp = 100;

    public static async Task RunAsync(int batches)
    {
        await using var journal = new SimulatedJournal(Path.Combine(TemporaryFolder.New(), "clv.db"), true);
        await using var plain = new SimulatedJournal(Path.Combine(TemporaryFolder.New(), "clv.db"), true);
        using var host = Build(journal);
        await host.StartAsync();
        var router = host.Services.GetRequiredService<EventRouter>();
        var sequences = new Dictionary<CustomerId, long>();
        var (whole, alone) = (new List<double>(), new List<double>());
        for (var n = 0; n < WarmUp + batches; n++)
        {
            var body = Batches.Of(n);
            var began = Stopwatch.GetTimestamp();
            var events = Read(body);
            await router.RecordAsync(events);
            var took = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
            began = Stopwatch.GetTimestamp();
            await Task.WhenAll(events.Select(e => plain.Journal.AppendAsync(Commit(e, sequences))));
            if (n >= WarmUp)
            {
                whole.Add(took);
                alone.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            }
        }

        await host.StopAsync();
        Report("intake, router, grains and journal", whole);
        Report("journal alone", alone);
        var ratios = whole.Zip(alone, (w, a) => w / a).Order().ToArray();
        Console.WriteLine(FormattableString.Invariant(
            $"  the whole takes {ratios[ratios.Length / 2]:f2} times as long as the journal alone (median)"));
    }

    internal static IHost Build(SimulatedJournal journal, int port = 11_111, TimeProvider? time = null) =>
        Build(journal, services => services.AddSqliteStorage(journal.Store), port, time);

    internal static IHost Build(
        IStores stores, Action<IServiceCollection> addStorage, int port, TimeProvider? time = null, SqliteDatabase? snapshots = null)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.UseOrleans(silo =>
        {
            silo.UseLocalhostClustering(port, port + 19_000).Configure<ClusterMembershipOptions>(o =>
            {
                // By a clock that is ahead, this silo would look long dead.
                o.SiloGenerationRetirementAge = null;
                o.EvictWhenMaxJoinAttemptTimeExceeded = false;
                o.DefunctSiloCleanupPeriod = null;
            });
            if (snapshots is null)
            {
                silo.AddMemoryGrainStorageAsDefault();
            }
            else
            {
                silo.AddAdoNetGrainStorageAsDefault(o => (o.Invariant, o.DataSource) = ("System.Data.SQLite", snapshots));
            }
        });
        builder.Services.AddSingleton(time ?? TimeProvider.System).AddSingleton(stores).AddSingleton<IStoreHistories, HistoryCollector>()
            .AddClvGrains();
        addStorage(builder.Services);
        return builder.Build();
    }

    internal static List<RoutedEvent> Read(byte[] body)
    {
        var batch = ReceivedBatch.Read(body, null);
        var at = TimeProvider.System.GetUtcNow();
        return
        [
            .. batch.Events.Select(e =>
            {
                var read = EventReader.Read(
                    e, batch, SimulatedJournal.Settings, "web", at, () => throw new InvalidOperationException("No message id."));
                return new RoutedEvent(read.Subject, read.Event, read.Visitor, read.Previous);
            }),
        ];
    }

    internal static CustomerCommit Commit(RoutedEvent e, Dictionary<CustomerId, long> sequences)
    {
        var sequence = sequences[e.Subject] = sequences.GetValueOrDefault(e.Subject) + 1;
        return new CustomerCommit
        {
            ExpectedSequence = sequence - 1,
            Events = [e.Event],
            ClaimedOrders = e.Event.OrderId is { } order ? [order] : [],
            Row = new CustomerRow
            {
                Id = e.Subject,
                Sequence = sequence,
                Summary = new CustomerSummary(),
                Contribution = new Contribution(sequence, default, 0, new SegmentCell(Lifecycle.New, 0), default),
            },
        };
    }

    internal static void Report(string name, List<double> milliseconds)
    {
        var sorted = milliseconds.Order().ToArray();
        var (median, slow) = (sorted[sorted.Length / 2], sorted[sorted.Length * 99 / 100]);
        Console.WriteLine(FormattableString.Invariant(
            $"{name}: {Batches.Size * sorted.Length * 1e3 / sorted.Sum():N0} events/s; a batch {median:f1} ms, p99 {slow:f1} ms"));
    }
}
