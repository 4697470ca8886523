using ClvOrleans.Reliability.Tests.Kills;

namespace ClvOrleans.Reliability.Tests.Clusters;

/// <summary>
/// Three silos over PostgreSQL, under load through every fault: after each, what was acknowledged is there once and reports are the sum of
/// the customers; in the end every figure is that of the set of events; and clients are served again within half a minute.
/// </summary>
public sealed class ClusterDrillTests(ITestOutputHelper output)
{
    // Of an idle machine; tests beside it may take all of another one.
    private static readonly TimeSpan Allowed = Sizes.Of(TimeSpan.FromSeconds(90), TimeSpan.FromSeconds(30));

    private static readonly Dictionary<string, ClusterFault[]> Scenes = Sizes.Faults is { } chosen ? new()
    {
        ["chosen"] = [.. chosen.Select(Enum.Parse<ClusterFault>)],
    }
    : Sizes.Of<Dictionary<string, ClusterFault[]>>(
        new() { ["all"] = [ClusterFault.SiloIsKilled, ClusterFault.DatabaseCrashes] },
        new()
        {
            ["silos"] = [ClusterFault.SiloEnds, ClusterFault.SiloIsKilled, ClusterFault.SiloPauses, ClusterFault.SiloFreezes],
            ["database"] = [
                ClusterFault.ConnectionsAreLost, ClusterFault.DatabaseRestarts, ClusterFault.DatabaseCrashes, ClusterFault.DiskIsSlow,
            ],
            ["disk"] = [ClusterFault.DiskIsFull],
            ["clock"] = [ClusterFault.ClockSteps],
            ["network"] = [ClusterFault.SiloIsCutOff, ClusterFault.SilosAreParted],
            ["standby"] = [ClusterFault.DatabaseFailsOver],
            ["kills"] = [.. Enumerable.Repeat(ClusterFault.SiloIsKilled, Sizes.ClusterKills)],
        });

    public static IEnumerable<TheoryDataRow<string, int>> Drills =>
        from seed in Sizes.Seeds from scene in Scenes.Keys select new TheoryDataRow<string, int>(scene, seed);

    [Theory]
    [MemberData(nameof(Drills))]
    public async Task Whatever_befalls_a_cluster_costs_no_event_and_half_a_minute_at_most(string scene, int seed)
    {
        await using var drill = await ClusterDrill.StartAsync(Scenes[scene], seed);
        var late = new List<string>();
        foreach (var fault in Scenes[scene])
        {
            var back = await drill.SufferAsync(fault);
            output.WriteLine($"{fault}: served again after {back.TotalSeconds:0.0} s; {drill.Senders.Acknowledged.Count} acknowledged");
            late.AddRange(back < Allowed ? [] : (string[])[$"{fault}: {back}"]);
            drill.Senders.Wrong.Distinct().ToList().ForEach(output.WriteLine);
            Assert.Empty(drill.Senders.Wrong);
            await AreThereOnceAsync(drill);
            await ReportsAreSumsAsync(drill);
        }

        await drill.CompleteAsync();
        await AreThereOnceAsync(drill);
        await ReportsAreSumsAsync(drill);
        foreach (var (person, figures) in Oracle.Fold([.. drill.Story.Told.Values]))
        {
            Assert.Equal(figures, await FiguresOfService.ReadAsync(drill.Cluster[person % Cluster.Silos].Client, Story.User(person)));
        }

        Assert.Empty(late);
    }

    private static async Task AreThereOnceAsync(ClusterDrill drill)
    {
        var messages = await drill.Database.MessagesAsync();
        Assert.Equal([], drill.Senders.Acknowledged.Values.Where(e => !messages.ContainsKey(e.Id)).Select(e => e.Json));
        Assert.Equal([], messages.Where(m => m.Value != 1 && drill.Story.Told.ContainsKey(m.Key)));
        Assert.Empty(await drill.Database.GapsAsync());
    }

    private static async Task ReportsAreSumsAsync(ClusterDrill drill)
    {
        for (var silo = 0; silo < Cluster.Silos; silo++)
        {
            var client = drill.Cluster[silo].Client;
            var listed = await FiguresOfService.ListAsync(client);
            var total = (await client.ReportAsync()).GetProperty("total");
            Assert.Equal(
                (listed.Count, listed.Sum(l => l.Orders), listed.Sum(l => l.Historic), listed.Sum(l => l.Predicted)),
                (total.GetProperty("customers").GetInt32(), total.GetProperty("orders").GetInt64(),
                    total.GetProperty("historicValue").GetDecimal(), total.GetProperty("predictedValue").GetDecimal()));
        }
    }
}
