using ClvOrleans.Contracts;
using ClvOrleans.Contracts.Market;
using ClvOrleans.Contracts.Segments;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Market;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Grains.Models;
using ClvOrleans.Valuation.Segments;
using CsCheck;

namespace ClvOrleans.Grains.Tests.Segments;

/// <summary>What holds up one customer, or one page, or one activation, holds up nothing else.</summary>
public sealed class HardCasesTests(HardCases cluster) : IClassFixture<HardCases>
{
    private readonly StoreId _store = cluster.NewStore();

    [Fact]
    public async Task A_customer_that_the_model_fails_on_is_counted_as_failed_and_the_others_of_the_shard_are_renewed()
    {
        var ids = OfShard(0).Take(2 * HardCases.Page).ToArray();
        await cluster.Router().RecordAsync([.. ids.Select((c, i) => Sent.Order(c, c.Id, i < HardCases.Page ? 13 : 1_000, 160))]);
        var shard = cluster.Grains.GetShard(_store, 0);
        await RefreshAsync(shard);
        var yesterday = (await shard.SumAsync()).OldestEstimate;

        cluster.ModelFails = true;
        cluster.Time.Advance(TimeSpan.FromDays(1));
        await RefreshAsync(shard);
        var sums = await shard.SumAsync();
        Assert.Equal((yesterday, HardCases.Page, HardCases.Page), (sums.OldestEstimate, sums.Waiting, sums.Failed));

        // It is not tried again and again, until something else is due.
        var commit = await cluster.Rows.FindCommitAsync(_store, 0);
        Assert.True(await shard.RefreshAsync());
        Assert.Equal(commit, await cluster.Rows.FindCommitAsync(_store, 0));
        cluster.ModelFails = false;
        cluster.Time.Advance(TimeSpan.FromDays(1));
        await RefreshAsync(shard);
        sums = await shard.SumAsync();
        Assert.Equal((yesterday.AddDays(2), 0, 0), (sums.OldestEstimate, sums.Waiting, sums.Failed));
    }

    [Fact]
    public async Task A_shard_that_comes_back_renews_nothing_that_is_not_late()
    {
        await cluster.Grains.GetMarket(_store)
            .PutAsync(new PutMarket([new MarketEntry("sale", MarketKind.Promotion, new(2026, 1, 1), new(2026, 1, 9))]));
        cluster.Time.Advance(TimeSpan.FromMinutes(2));
        await cluster.Router().RecordAsync([.. OfShard(1).Take(5).Select(c => Sent.Order(c, c.Id, 1_000, 160))]);
        var shard = cluster.Grains.GetShard(_store, 1);
        await RefreshAsync(shard);
        var (sums, commit) = (await shard.SumAsync(), await cluster.Rows.FindCommitAsync(_store, 1));

        await cluster.Cluster.DeactivateAsync((IAddressable)shard);
        Assert.Equal(sums.Cells.Values.Single(), (await shard.SumAsync()).Cells.Values.Single());
        Assert.True(await shard.RefreshAsync());
        Assert.Equal(commit, await cluster.Rows.FindCommitAsync(_store, 1));
    }

    [Fact]
    public Task Once_quiet_the_shards_are_the_customers_after_changes_of_customers_days_and_markets_among_failing_calls() =>
        Gen.Select(Gen.Int[0, int.MaxValue], Gen.Enum<Step>().Array[4, 24]).SampleAsync(
            async (seed, steps) =>
            {
                var store = cluster.NewStore();
                await GoAsync(store, seed, steps);
                cluster.Faults.Stop();
                cluster.Time.Advance(TimeSpan.FromMinutes(2)); // Every silo has read the last market.
                for (var shard = 0; shard < 2; shard++)
                {
                    await RefreshAsync(cluster.Grains.GetShard(store, shard));
                    await AssertEqualAsync(store, shard);
                }
            },
            iter: 25, threads: 1);

    private async Task GoAsync(StoreId store, int seed, Step[] steps)
    {
        var random = new Random(seed);
        var customers = Enumerable.Range(0, 2).SelectMany(s => OfShard(s, store).Take(8)).ToArray();
        cluster.Faults.Randomly(seed, .2);
        for (var i = 0; i < steps.Length; i++)
        {
            var (customer, shard) = (customers[random.Next(customers.Length)], random.Next(2));
            try
            {
                await (steps[i] switch
                {
                    Step.Order => cluster.Router().RecordAsync([Sent.Order(customer, $"o{i}", random.Next(10_000), random.Next(160))]),
                    Step.Page => cluster.Router().RecordAsync([Sent.Page(customer, $"p{i}", random.Next(160))]),
                    Step.Join => cluster.Router().RecordAsync([Sent.Identify(customer, CustomerId.OfVisitor(store, $"v{i}"), $"i{i}")]),
                    Step.Day => Task.Run(() => cluster.Time.Advance(TimeSpan.FromDays(1))),
                    Step.Market => cluster.Grains.GetMarket(store).PutAsync(
                        new PutMarket(
                            [new MarketEntry($"m{i}", MarketKind.Promotion, new(2026, 6, 1), new DateOnly(2026, 6, 2).AddDays(i))])),
                    Step.Sum => cluster.Grains.GetShard(store, shard).SumAsync(),
                    Step.Renew => cluster.Grains.GetShard(store, shard).RefreshAsync(),
                    _ => cluster.Cluster.DeactivateAsync((IAddressable)cluster.Grains.GetShard(store, shard)),
                });
            }
            catch (IOException)
            {
                // A fault that the caller sees; what it asked for may or may not have been done.
            }
        }
    }

    private async Task AssertEqualAsync(StoreId store, int shard)
    {
        var (settings, champion) = (AnyStore.SettingsOf(store), cluster.Service<IChampions>(0).Find(store));
        var market = await cluster.Service<Market.MarketCache>(0).OfAsync(store);
        var today = settings.DayOf(cluster.Time.GetUtcNow());
        var expected = new Dictionary<SegmentCell, SegmentSums>();
        foreach (var customer in OfShard(shard, store).Take(8))
        {
            var events = await cluster.Journal.ReadAsync(customer, 0);
            if (events.Count > 0)
            {
                var summary = CustomerSummary.Of(CustomerState.Fold(events.Select(e => e.Event), settings), settings);
                var estimate = champion.Model.Estimate(summary, market, settings, today, settings.Horizon);
                var contribution = Contribution.Of(events.Count, champion.Generation, summary, estimate, settings.MarginBasisPoints);
                expected[contribution.Cell!.Value] = expected.GetValueOrDefault(contribution.Cell.Value) + contribution.Sums;
            }
        }

        var sums = await cluster.Grains.GetShard(store, shard).SumAsync();
        Assert.Equal(expected, sums.Cells.ToDictionary());
        Assert.Equal((today, 0, 0), (sums.OldestEstimate, sums.Waiting, sums.Failed));
    }

    private static async Task RefreshAsync(IShardGrain shard)
    {
        while (!await shard.RefreshAsync())
        {
        }
    }

    private IEnumerable<CustomerId> OfShard(int shard) => OfShard(shard, _store);

    private static IEnumerable<CustomerId> OfShard(int shard, StoreId store) =>
        Enumerable.Range(0, int.MaxValue).Select(c => CustomerId.OfUser(store, $"c{c}")).Where(c => c.Shard == shard);

    private enum Step
    {
        Order,
        Page,
        Join,
        Day,
        Market,
        Sum,
        Renew,
        Deactivate,
    }
}
