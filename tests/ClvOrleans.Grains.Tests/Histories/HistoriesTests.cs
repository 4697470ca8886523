using System.Collections.Concurrent;
using System.Globalization;
using ClvOrleans.Grains.Customers;

namespace ClvOrleans.Grains.Tests.Histories;

/// <summary>
/// Invariants 1 to 5 over many drawn histories, with snapshots, windows and fingerprints so small that every path through them is taken, a
/// restart of all silos in the middle of each, and faults in every port by chance. <c>CLV_HISTORIES</c> says how many (default 400),
/// <c>CLV_HISTORIES_FROM</c>
/// the first seed.
/// </summary>
public sealed class HistoriesTests
{
    private const int AtOnce = 16;
    private const int BetweenRestarts = 500;
    private const double FaultRate = .04;

    [Fact]
    public async Task Whatever_happens_a_store_knows_what_the_set_of_its_events_means()
    {
        var (count, from) = (Setting("CLV_HISTORIES", 400), Setting("CLV_HISTORIES_FROM", 1));
        var cluster = new StoreCluster();
        await using var _ = cluster;
        await cluster.InitializeAsync();
        var failed = new ConcurrentDictionary<int, Exception>(); // The first of each: what follows from it says nothing.
        for (var first = from; first < from + count; first += BetweenRestarts)
        {
            var runs = Enumerable.Range(first, Math.Min(BetweenRestarts, from + count - first))
                .Select(seed => new History(seed, cluster.NewStore())).Select(h => (History: h, Run: new HistoryRun(h, cluster))).ToArray();
            await cluster.RestartAsync(
                new CustomerOptions { SnapshotEvery = 2, Window = 2, Fingerprints = 8, SnapshotPause = TimeSpan.Zero });
            await ForEachAsync((history, run) => run.PlayAsync(history.Steps.Take(history.Steps.Count / 2), mayFail: false));
            await cluster.RestartAsync(
                new CustomerOptions { SnapshotEvery = 3, Window = 8, Fingerprints = 2, SnapshotPause = TimeSpan.Zero });
            cluster.Faults.Randomly(first, FaultRate);
            await ForEachAsync((history, run) => run.PlayAsync(history.Steps.Skip(history.Steps.Count / 2), mayFail: true));
            cluster.Faults.Stop();
            await ForEachAsync(async (_, run) =>
            {
                await run.AssertAcknowledgedAsync();
                await run.EndAsync();
                await run.AssertFiguresAsync();
            });

            async Task ForEachAsync(Func<History, HistoryRun, Task> play) =>
                await Parallel.ForEachAsync(runs, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (run, _) =>
                {
                    try
                    {
                        if (!failed.ContainsKey(run.History.Seed))
                        {
                            await play(run.History, run.Run);
                        }
                    }
                    catch (Exception e)
                    {
                        failed[run.History.Seed] = e;
                    }
                });
        }

        Assert.NotEqual(0, cluster.Faults.Injected);
        Assert.True(
            failed.IsEmpty,
            string.Join('\n', failed.OrderBy(f => f.Key).Take(3).Select(f => $"CLV_HISTORIES=1 CLV_HISTORIES_FROM={f.Key}: {f.Value}")));
    }

    private static int Setting(string name, int otherwise) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;
}
