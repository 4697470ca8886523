using ClvOrleans.Domain.Customers;
using ClvOrleans.Grains.Customers;
using ClvOrleans.Grains.Tests.Histories;

namespace ClvOrleans.Grains.Tests.Watches;

/// <summary>
/// Drawn histories (any order of arrival, repeated events, merged identities, grains that end, refunds before orders) on two silos, with
/// definitions and days that change meanwhile, a restart of all silos, and faults in every port by chance: every change of a membership is
/// told once, and members, counts and sums are what the rules say.
/// </summary>
public sealed class WatchedHistoriesTests
{
    private const int Histories = 60;

    [Fact]
    public async Task Whatever_happens_every_change_of_a_membership_is_told_once()
    {
        var cluster = new StoreCluster();
        await using var _ = cluster;
        await cluster.InitializeAsync();
        var runs = Enumerable.Range(1, Histories).Select(seed => new History(seed, cluster.NewStore()))
            .Select(h => (History: h, Run: new HistoryRun(h, cluster), Audit: new WatchAudit(cluster, h.Store))).ToArray();
        await ForEachAsync(async r =>
        {
            await r.Audit.DefineAsync("buyers", "orders > 0");
            await r.Audit.DefineAsync("fading", "pAlive < 0.6 or 'buyers' not in segments and count('PageViewed') > 1");
            await r.Run.PlayAsync(r.History.Steps.Take(r.History.Steps.Count / 3), mayFail: false);
        });
        await cluster.RestartAsync(new CustomerOptions { SnapshotEvery = 3, Window = 8, Fingerprints = 2, SnapshotPause = TimeSpan.Zero });
        await ForEachAsync(async r =>
        {
            await r.Audit.DefineAsync("buyers", "orders > 1 or historicValue > 5");
            await r.Audit.DefineAsync("recent", "ordersWithin('200d') >= 1");
        });
        cluster.Faults.Randomly(5, .04);
        await ForEachAsync(r => r.Run.PlayAsync(r.History.Steps.Skip(r.History.Steps.Count / 3), mayFail: true));
        cluster.Faults.Stop();
        Assert.NotEqual(0, cluster.Faults.Injected);
        await ForEachAsync(async r =>
        {
            await r.Run.EndAsync();
            await r.Audit.RefreshAsync();
            await r.Audit.AssertAsync();
        });

        cluster.Time.Skip(TimeSpan.FromDays(90));
        await ForEachAsync(async r =>
        {
            await r.Audit.DefineAsync("fading", "", isRemoved: true);
            await r.Audit.RefreshAsync();
            await r.Audit.AssertAsync();
            Assert.DoesNotContain(await r.Audit.TransitionsAsync(), t => t.Subject.Id == "fading" && t.At == cluster.Time.GetUtcNow()
                && t.Cause.Kind is not (Valuation.Watches.WatchCauseKind.Definition or Valuation.Watches.WatchCauseKind.Time));
        });

        async Task ForEachAsync(Func<(History History, HistoryRun Run, WatchAudit Audit), Task> work) =>
            await Parallel.ForEachAsync(runs, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (run, _) => await work(run));
    }
}
