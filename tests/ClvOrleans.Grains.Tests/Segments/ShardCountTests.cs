using System.Collections.Immutable;
using System.Text.Json;
using ClvOrleans.Contracts;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Grains.Sales;
using ClvOrleans.Grains.Tests.Policies;
using ClvOrleans.Grains.Tests.Trainings;
using ClvOrleans.Grains.Trainings;

namespace ClvOrleans.Grains.Tests.Segments;

/// <summary>A store of few or many shards answers what one of the usual number does: everyone is in it once, to the last cent.</summary>
public sealed class ShardCountTests(DecisionCluster cluster) : IClassFixture<DecisionCluster>
{
    private const int Customers = 60;
    private static readonly ImmutableArray<DateOnly> Days = [new(2026, 1, 20), new(2026, 3, 1)];

    [Fact]
    public async Task Reports_sales_decisions_trainings_and_refreshed_estimates_are_those_of_any_other_store()
    {
        PolicyStore[] stores =
        [
            new(cluster), new(cluster, await cluster.NewStoreAsync(8)), new(cluster, await cluster.NewStoreAsync(128)),
        ];
        var answers = new List<string[]>();
        foreach (var store in stores)
        {
            await FillAsync(store);
            answers.Add(await AnswersAsync(store));
        }

        Assert.Equal(Customers, (await ReportAsync(stores[0])).Rows.Sum(r => r.Sums.Customers));
        Assert.Contains(": Acted", answers[0][2], StringComparison.Ordinal);
        Assert.All(answers, a => Assert.Equal(answers[0], a));

        // Who is silent is estimated anew in every shard, and the last of all is done in a round of the store.
        cluster.Time.Skip(TimeSpan.FromDays(30));
        var renewed = new List<string[]>();
        foreach (var store in stores)
        {
            await cluster.Grains.GetRefresh(store.Id).WatchAsync();
            await SolvedAsync(store);
            Assert.Equal(0, (await ReportAsync(store)).Waiting);
            renewed.Add(await AnswersAsync(store));
        }

        Assert.NotEqual(answers[0], renewed[0]);
        Assert.All(renewed, a => Assert.Equal(renewed[0], a));
    }

    private static async Task FillAsync(PolicyStore store)
    {
        await store.DefineAsync("news", PolicyStore.Offer());
        foreach (var chunk in Enumerable.Range(0, Customers).Chunk(20))
        {
            await store.RecordAsync(
                [.. chunk.Select(i => Sent.Order(store.Customer($"c{i}"), $"o{i}", 1_000 + (10 * i), i % 40))]);
        }

        for (var i = 0; i < Customers; i += 4)
        {
            await store.ConsentAsync(store.Customer($"c{i}"));
            await store.PageAsync(store.Customer($"c{i}"));
        }

        await store.SettleAsync();
    }

    private async Task<string[]> AnswersAsync(PolicyStore store)
    {
        var sales = await cluster.Service<StoreSales>(0).OfAsync(store.Id, TestContext.Current.CancellationToken);
        var said = new List<int>();
        var collected = await cluster.Service<ShardCollector>(0).CollectAsync(store.Id, Days, said.Add);
        Assert.Equal(AnyStore.SettingsOf(store.Id).Shards.Value, said.Count);
        return
        [
            JsonSerializer.Serialize((await ReportAsync(store)).Rows),
            string.Join(' ', sales.Select(b => b.Id.Id)),
            string.Join(' ', (await store.DecidedAsync()).Select(d => $"{d.Decision.Customer.Id}: {d.Decision.Outcome}")
                .Order(StringComparer.Ordinal)),
            .. ShardCollectorTests.Written(collected).Select(c => c.Replace($"{store.Id}/", "", StringComparison.Ordinal)),
        ];
    }

    private Task<Contracts.Segments.SegmentReport> ReportAsync(PolicyStore store) => cluster.Grains.GetSegments(store.Id).ReportAsync();

    // The days on which watches turn are the last that a round solves, shard by shard.
    private async Task SolvedAsync(PolicyStore store)
    {
        foreach (var shard in AnyStore.SettingsOf(store.Id).Shards.All)
        {
            while (await cluster.Rows.UnsolvedAsync(store.Id, shard, 0, 1).AnyAsync())
            {
                await Pause.ShortAsync();
            }
        }
    }
}
