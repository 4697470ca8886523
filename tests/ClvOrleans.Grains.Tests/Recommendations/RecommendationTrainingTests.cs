using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Events;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Grains.Customers;
using ClvOrleans.Grains.Jobs;
using ClvOrleans.Grains.Models;
using ClvOrleans.Grains.Tests.Trainings;
using ClvOrleans.Grains.Trainings;
using ClvOrleans.Recommendations.Models;
using ClvOrleans.Valuation.Jobs;
using ClvOrleans.Valuation.Trainings;

namespace ClvOrleans.Grains.Tests.Recommendations;

/// <summary>The model of recommendations is trained, kept and opened with the others.</summary>
public sealed class RecommendationTrainingTests(StoreCluster cluster) : IClassFixture<StoreCluster>
{
    private const int Customers = 120;
    private static readonly StoreId Store = AnyStore.WithChampions;

    [Fact]
    public async Task A_training_learns_of_the_baskets_of_all_shards_and_every_silo_opens_it_once_it_is_promoted()
    {
        await OrderAsync(Store, 0);
        var record = await TrainAsync(Store);
        var trial = record.Recommendations!;
        Assert.Equal((8, Customers, Customers), (trial.Products, trial.Customers, trial.HeldOut));

        var model = ModelFormat.Read((await cluster.Registry.FindRecommendationModelAsync(Store, record.Number)).ToArray());
        Assert.Equal(["p0", "p1", "p2", "p3", "p4", "p5", "p6", "p7"], model.Catalogue.Products.Select(p => p.Id));
        Assert.Equal("tea", model.Catalogue.Products[0].Category);
        Assert.Equal(new Money(100), model.Catalogue.Products[0].Price);
        foreach (var silo in (int[])[0, 1])
        {
            var host = cluster.Service<ChampionHost>(silo);
            await host.RefreshAsync(CancellationToken.None);
            var opened = host.Find(Store).Recommendations!;
            Assert.Equal(ModelFormat.Write(model), ModelFormat.Write(opened));
            await host.RefreshAsync(CancellationToken.None);
            Assert.Same(opened, host.Find(Store).Recommendations);
        }

        // An older version stays readable beside a newer one.
        await OrderAsync(Store, 8);
        var second = await TrainAsync(Store);
        Assert.Equal(16, second.Recommendations!.Products);
        Assert.Equal(
            ModelFormat.Write(model), (await cluster.Registry.FindRecommendationModelAsync(Store, record.Number)).ToArray());
    }

    [Fact]
    public async Task A_store_without_products_in_its_events_is_trained_without_it()
    {
        var store = cluster.NewStore();
        await new Buyers(cluster.Journal, store, new(2026, 6, 15)).AddAsync(200, new(2025, 6, 1), new(2026, 6, 15));
        var record = await TrainAsync(store);
        Assert.Null(record.Recommendations);
        Assert.True((await cluster.Registry.FindRecommendationModelAsync(store, record.Number)).IsEmpty);
    }

    private async Task<TrainingRecord> TrainAsync(StoreId store)
    {
        var jobs = cluster.Service<StoreJobs>(0);
        var begun = await jobs.BeginAsync(store, JobKind.Training, "", new TrainingRequest(null, TrainingCause.Asked));
        Assert.Equal(JobState.Succeeded, (await jobs.WaitAsync(store, begun.Job)).State);
        return (await cluster.Registry.TrainingsAsync(store, 1))[0];
    }

    // Each customer has a pair of products of their own kind, and buys it five times.
    private async Task OrderAsync(StoreId store, int first)
    {
        var events = new List<RoutedEvent>();
        for (var c = 0; c < Customers; c++)
        {
            for (var n = 0; n < 5; n++)
            {
                var (id, order) = (CustomerId.OfUser(store, $"c{c}"), $"o{first}-{c}-{n}");
                var e = Sent.Order(id, order, 500 + c, (n * 20) + (c % 15) + first, order);
                events.Add(e with
                {
                    Event = e.Event with
                    {
                        Products = [Line(first + (c % 4 * 2)), Line(first + (c % 4 * 2) + 1)],
                    },
                });
            }
        }

        await cluster.Router().RecordAsync([.. events]);
    }

    private static ProductLine Line(int product) => new($"p{product}", product % 2 == 0 ? "tea" : "cups", new Money(100 + product));
}
