using System.Collections.Immutable;
using ClvOrleans.Contracts;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Grains.Models;
using ClvOrleans.Grains.Tests.Watches;
using ClvOrleans.Storage.CustomerRows;
using ClvOrleans.Valuation.Clusters;
using ClvOrleans.Valuation.Models;
using ClvOrleans.Valuation.Rfm;
using ClvOrleans.Valuation.Segments;
using ClvOrleans.Valuation.Watches;

namespace ClvOrleans.Grains.Tests.Segments;

/// <summary>Scores and clusters in rows, sums and transitions: with the champion, as days pass, and on two silos.</summary>
public sealed class SegmentationTests(StoreCluster cluster) : IClassFixture<StoreCluster>
{
    // Where champions are looked for.
    private static readonly StoreId Store = AnyStore.WithChampions;
    private readonly WatchAudit _audit = new(cluster, Store);

    [Fact]
    public async Task A_champion_s_segmentation_is_in_every_row_sum_and_transition_until_another_takes_its_place()
    {
        var customers = Enumerable.Range(0, 60).Select(i => CustomerId.OfUser(Store, $"c{i}")).ToArray();
        var today = AnyStore.SettingsOf(Store).DayOf(cluster.Time.GetUtcNow());
        var last = today.DayNumber - DateOnly.FromDateTime(Sent.Start.Date).DayNumber;
        for (var i = 0; i < customers.Length; i++)
        {
            await cluster.Router(i % 2).RecordAsync([Sent.Order(customers[i], $"o{i}", 1_000 + (100 * i), last - i)]);
        }

        await cluster.Router().RecordAsync([Sent.Page(CustomerId.OfVisitor(Store, "v"), "page", last)]);
        await _audit.DefineAsync("group-one", "cluster = 'c1'");
        await _audit.DefineAsync("fading", "recencyScore <= 2");
        await _audit.RefreshAsync();
        Assert.All(await _audit.RowsAsync(), r => Assert.Equal((null, null), (r.Contribution.Rfm, r.Contribution.Cluster)));
        Assert.Empty(await _audit.TransitionsAsync());

        // A model with cuts and clusters: two silos say the same, and the cause is the model.
        await PromoteAsync("first", 3_000, 6_000);
        await _audit.RefreshAsync();
        await AssertAsync(60);
        var entered = (await _audit.TransitionsAsync()).ToArray();
        Assert.All(entered, t => Assert.Equal((WatchCauseKind.Model, "first"), (t.Cause.Kind, t.Facts.Model)));
        Assert.InRange(entered.Count(t => t.Subject.Id == "group-one"), 10, 50);

        // An event of a silo's customer grain says what the refresh of a shard says.
        await cluster.Router(1).RecordAsync([Sent.Page(customers[0], "again", last)]);
        await AssertAsync(60);

        // As days pass scores of recency fall: on the day that was solved, before all others, and because of time.
        for (var shard = 0; shard < UsualShards.Count; shard++)
        {
            while (!await cluster.Grains.GetShard(Store, shard).SolveAsync())
            {
                // The next page.
            }
        }

        var turning = (await _audit.RowsAsync()).Where(r => r.TurnsOn <= today.AddDays(10)).Select(r => r.Id).ToHashSet();
        Assert.InRange(turning.Count, 5, 30);
        cluster.Time.Skip(TimeSpan.FromDays(10));
        await _audit.RefreshAsync();
        await AssertAsync(60);
        var moved = (await _audit.TransitionsAsync()).Where(t => t.Cause.Kind == WatchCauseKind.Time).ToArray();
        Assert.Equal(entered.Length + moved.Length, (await _audit.TransitionsAsync()).Count);
        Assert.Equal(turning, moved.Select(t => t.Customer).ToHashSet());

        // Another champion moves members, and says that it was the model.
        var told = entered.Length + moved.Length;
        await PromoteAsync("second", 1_500, 2_500);
        await _audit.RefreshAsync();
        await AssertAsync(60);
        var refitted = (await _audit.TransitionsAsync()).Where(t => t.Facts.Model == "second").ToArray();
        Assert.Equal(told + refitted.Length, (await _audit.TransitionsAsync()).Count);
        Assert.InRange(refitted.Count(t => t is { Subject.Id: "group-one", Kind: TransitionKind.Left }), 5, 60);
        Assert.All(refitted, t => Assert.Equal(WatchCauseKind.Model, t.Cause.Kind));
    }

    // Rows are what the champion's segmentation says of their summaries, and sums are those of the rows.
    private async Task AssertAsync(int buyers)
    {
        var (rows, settings) = (await _audit.RowsAsync(), AnyStore.SettingsOf(Store));
        var segmentation = cluster.Service<IChampions>(1).Find(Store).Model.Version.Segmentation!;
        var today = settings.DayOf(cluster.Time.GetUtcNow());
        Assert.All(rows, r =>
        {
            var (summary, day) = (r.Summary, r.Summary.DayToEstimate(today));
            Assert.Equal(
                (segmentation.ScoreOf(summary, day, summary.Orders, summary.Net), segmentation.Clustering.Of(summary, day)),
                (r.Contribution.Rfm, r.Contribution.Cluster));
        });
        cluster.Time.Advance(TimeSpan.FromSeconds(2));
        var report = await cluster.Grains.GetSegments(Store).ReportAsync();
        Assert.Equal(0, report.Waiting);
        Assert.Equal(buyers, report.Rfm!.Values.Sum(s => s.Customers));
        Assert.Equal(Sums(rows, r => r.Contribution.Rfm?.ToString()), report.Rfm);
        Assert.Equal(Sums(rows, r => r.Contribution.Cluster?.ToString()), report.Clusters);
        await _audit.AssertAsync();
    }

    private static ImmutableSortedDictionary<string, SegmentSums> Sums(IEnumerable<CustomerRow> rows, Func<CustomerRow, string?> by) =>
        rows.Where(r => by(r) is not null).GroupBy(r => by(r)!, StringComparer.Ordinal).ToImmutableSortedDictionary(
            g => g.Key, g => g.Aggregate(default(SegmentSums), (sum, r) => sum + r.Contribution.Sums), StringComparer.Ordinal);

    private async Task PromoteAsync(string id, double one, double other)
    {
        await cluster.Registry.AddAsync(Store, new ModelVersion
        {
            Id = id,
            Family = "pareto-nbd",
            Parameters = ImmutableSortedDictionary<string, double>.Empty.Add("r", 1).Add("alpha", 10).Add("s", 1).Add("beta", 10),
            MeanSpend = 1_000,
            Segmentation = new Segmentation(
                new RfmCuts([50, 40, 20, 10], [1, 1, 2, 3], [new(2_000), new(3_000), new(4_000), new(5_000)]),
                new Clustering
                {
                    Clusters =
                    [
                        new Cluster(new ClusterId(1), "small orders", [0, 0, 0, Math.Log(one)], 1),
                        new Cluster(new ClusterId(2), "large orders", [0, 0, 0, Math.Log(other)], 1),
                    ],
                    Means = [0, 0, 0, 0],
                    Deviations = [1, 1, 1, 1],
                    Margin = .01,
                    LastId = 2,
                }),
        });
        await cluster.Registry.PromoteAsync(Store, id, cluster.Time.GetUtcNow());
        for (var silo = 0; silo < 2; silo++)
        {
            await cluster.Service<ChampionHost>(silo).RefreshAsync(CancellationToken.None);
        }
    }
}
