using ClvOrleans.Contracts;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Grains.Jobs;
using ClvOrleans.Grains.Trainings;
using ClvOrleans.Valuation.Jobs;
using ClvOrleans.Valuation.Models;
using ClvOrleans.Valuation.Trainings;

namespace ClvOrleans.Grains.Tests.Trainings;

public sealed class FirstModelTests(StoreCluster cluster) : IClassFixture<StoreCluster>
{
    private readonly StoreId _store = cluster.NewStore();

    [Fact]
    public async Task Own_customers_weigh_from_the_tenth_on_again_at_twice_the_purchases_and_no_more_after_a_training()
    {
        var today = AnyStore.SettingsOf(_store).DayOf(cluster.Time.GetUtcNow());
        var buyers = new Buyers(cluster.Journal, _store, today);
        await buyers.AddAsync(9, today.AddDays(-60), today);
        await WatchAsync();
        Assert.Null(await cluster.Registry.FindChampionAsync(_store));

        await buyers.AddAsync(12, today.AddDays(-60), today, seed: 5);
        await WatchAsync();
        var first = (await cluster.Registry.FindChampionAsync(_store))!.Version;
        Assert.Equal((true, first.Purchases), (first.IsFirst, await PurchasesAsync()));
        Assert.InRange(first.PriorShare!.Value, 0, .999);
        await WatchAsync();
        Assert.Single(await cluster.Registry.PromotionsAsync(_store));

        await buyers.AddAsync(40, today.AddDays(-60), today, seed: 9);
        await WatchAsync();
        var second = (await cluster.Registry.FindChampionAsync(_store))!;
        Assert.Equal((await PurchasesAsync(), 2), (second.Version.Purchases, second.Generation));
        Assert.True(second.Version.PriorShare < first.PriorShare);

        var jobs = cluster.Service<StoreJobs>(0);
        await jobs.WaitAsync(
            _store, (await jobs.BeginAsync(_store, JobKind.Training, "", new TrainingRequest(today, TrainingCause.Asked))).Job);
        Assert.Equal(1, Assert.Single(await cluster.Registry.TrainingsAsync(_store, 10)).Number);
        await buyers.AddAsync(200, today.AddDays(-60), today, seed: 13);
        await WatchAsync();
        Assert.Equal(
            [PromotionCause.Training, PromotionCause.First, PromotionCause.First],
            (await cluster.Registry.PromotionsAsync(_store)).Select(p => p.Cause));
    }

    // The nights are over.
    private async Task WatchAsync()
    {
        cluster.Time.Advance(TimeSpan.FromSeconds(5));
        await cluster.Grains.GetRetraining(_store).WatchAsync(cluster.Time.GetUtcNow());
    }

    private async Task<long> PurchasesAsync() =>
        (await cluster.Rows.SummariesAsync(_store).ToListAsync()).Sum(c => (long)c.PurchaseDays.Length);
}
