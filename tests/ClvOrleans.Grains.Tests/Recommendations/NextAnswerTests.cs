using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Events;
using ClvOrleans.Domain.Stock;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Grains.Customers;
using ClvOrleans.Grains.Jobs;
using ClvOrleans.Grains.Models;
using ClvOrleans.Grains.Privacy;
using ClvOrleans.Grains.Recommendations;
using ClvOrleans.Grains.Trainings;
using ClvOrleans.Recommendations.Ranking;
using ClvOrleans.Server.Recommendations;
using ClvOrleans.Server.Stores;
using ClvOrleans.Storage.Stock;
using ClvOrleans.Valuation.Jobs;
using ClvOrleans.Valuation.Trainings;

namespace ClvOrleans.Grains.Tests.Recommendations;

/// <summary>
/// What was acknowledged, whichever silo took it, is in the next answer of every silo: an order, a return, an erasure, and that a product
/// is out of stock; and still after both have started anew.
/// </summary>
public abstract class NextAnswerTests(StoreCluster cluster)
{
    private const int Others = 60;
    private static readonly StoreId Store = AnyStore.WithChampions;
    private static readonly string[] Mugs = [.. Enumerable.Range(0, 4).Select(p => $"mug-{p}")];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Orders_returns_and_erasures_are_in_the_next_answer_of_every_silo_and_after_a_restart()
    {
        await TrainAsync();
        await AnswerAsync("anna", found => Assert.Equal((0L, 0), (found.Revision, found.Lists.Repeat.Length)));

        await OrderAsync(1, CustomerId.OfVisitor(Store, "phone"), "a1", 100, Mugs[0]);
        await RecordAsync(0, Sent.Identify(CustomerId.OfUser(Store, "anna"), CustomerId.OfVisitor(Store, "phone"), "joined"));
        await OrderAsync(1, CustomerId.OfUser(Store, "anna"), "a2", 120, Mugs[1]);
        foreach (var id in (string[])["anna", "phone"])
        {
            await AnswerAsync(id, found => Assert.Equal(Mugs[..2], Ids(found.Lists.Repeat).Order(StringComparer.Ordinal)));
        }

        await RecordAsync(0, Sent.Refund(CustomerId.OfUser(Store, "anna"), "a2", null, "back", 125));
        await AnswerAsync("anna", ReturnedIsLeftOut);
        await RestartAsync();
        await AnswerAsync("anna", ReturnedIsLeftOut);

        await cluster.Service<PersonErasure>(1).EraseAsync(
            CustomerId.OfUser(Store, "anna"), suppress: false, cluster.Time.GetUtcNow());
        var nobody = Array.Empty<string>();
        await AnswerAsync("somebody else", found => nobody = Ids(found.Lists.Mix));
        Assert.NotEmpty(nobody);
        await NothingIsKnownAsync();
        await RestartAsync();
        await NothingIsKnownAsync();

        async Task NothingIsKnownAsync()
        {
            foreach (var id in (string[])["anna", "phone"])
            {
                await AnswerAsync(id, found =>
                {
                    Assert.Equal((0L, 0), (found.Revision, found.Lists.Repeat.Length));
                    Assert.Null(found.Row);
                    Assert.Equal(nobody, Ids(found.Lists.Mix));
                    Assert.All(found.Lists.Mix, r => Assert.Equal(ReasonKind.Popular, r.Reasons[0].Kind));
                });
            }
        }

        static void ReturnedIsLeftOut(CustomerRecommendation found)
        {
            Assert.Equal([Mugs[0]], Ids(found.Lists.Repeat));
            Assert.DoesNotContain(Mugs[1], Ids(found.Lists.Mix));
        }
    }

    [Fact]
    public async Task What_one_silo_acknowledged_as_out_of_stock_is_in_no_answer_of_any_that_is_asked_afterwards()
    {
        await TrainAsync();
        await OrderAsync(0, CustomerId.OfUser(Store, "bea"), "b1", 100, Mugs[0]);
        for (var i = 0; i < 40; i++)
        {
            // Others ask and state all the while.
            var (units, product) = (i % 3 - 1, Mugs[i % 2]);
            await cluster.Service<IProductShelf>(i % 2).PutAsync(
                Store, [new StockStatement(product, Sent.Start.AddSeconds(i), units)], Cancelled);
            var noise = cluster.Service<IProductShelf>((i + 1) % 2).PutAsync(
                Store, [new StockStatement("other", Sent.Start.AddSeconds(i), i)], Cancelled);
            await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => AnswerAsync(
                "bea", found => Assert.Equal((i, units > 0), (i, Ids(found.Lists.Mix).Contains(product))))));
            await noise;
        }

        // Both can be sold again: others of the class ask for them.
        await cluster.Service<IProductShelf>(0).RemoveAsync(Store, Mugs[0], Cancelled);
        await cluster.Service<IProductShelf>(0).RemoveAsync(Store, Mugs[1], Cancelled);
    }

    // As a request finds it, on both silos.
    private async Task AnswerAsync(string id, Action<CustomerRecommendation> check)
    {
        for (var silo = 0; silo < cluster.Silos.Count; silo++)
        {
            var (store, grains) = (
                new OneStore(AnyStore.SettingsOf(Store), new Dictionary<string, string>(), []), cluster.Service<IGrainFactory>(silo));
            var recommendations = new CustomerRecommendations(
                store, grains, cluster.Service<IChampions>(silo), cluster.Service<ShelfCache>(silo), cluster.Rows,
                new CustomerTiers(store, grains, cluster.Time), cluster.Time);
            check(await recommendations.OfAsync(id, 20, Cancelled));
        }
    }

    private async Task RestartAsync()
    {
        await cluster.RestartAsync(new CustomerOptions());
        await RefreshAsync();
    }

    private async Task RefreshAsync()
    {
        for (var silo = 0; silo < cluster.Silos.Count; silo++)
        {
            await cluster.Service<ChampionHost>(silo).RefreshAsync(Cancelled);
            Assert.NotNull(cluster.Service<IChampions>(silo).Find(Store).Recommendations);
        }
    }

    // Once for the class: each customer buys four times of mugs or of rugs.
    private async Task TrainAsync()
    {
        if (cluster.Service<IChampions>(0).Find(Store).Recommendations is not null)
        {
            return;
        }

        for (var c = 0; c < Others; c++)
        {
            for (var n = 0; n < 4; n++)
            {
                var (kind, day) = (c % 2 == 0 ? "mug" : "rug", (n * 30) + (c % 20));
                await OrderAsync(
                    c % 2, CustomerId.OfUser(Store, $"c{c}"), $"o{c}-{n}", day, $"{kind}-{(c + n) % 4}", $"{kind}-{c % 3}");
            }
        }

        var jobs = cluster.Service<StoreJobs>(0);
        var begun = await jobs.BeginAsync(Store, JobKind.Training, "", new TrainingRequest(null, TrainingCause.Asked));
        Assert.Equal(JobState.Succeeded, (await jobs.WaitAsync(Store, begun.Job, Cancelled)).State);
        await RefreshAsync();
    }

    private Task OrderAsync(int silo, CustomerId who, string order, int day, params string[] products)
    {
        var sent = Sent.Order(who, order, 500, day);
        return RecordAsync(silo, sent with
        {
            Event = sent.Event with { Products = [.. products.Distinct().Select(p => new ProductLine(p, p[..3], new Money(100)))] },
        });
    }

    private async Task RecordAsync(int silo, RoutedEvent e) =>
        Assert.Equal(OutcomeKind.Recorded, Assert.Single(await cluster.Router(silo).RecordAsync([e])).Kind);

    private static string[] Ids(IEnumerable<Recommendation> products) => [.. products.Select(p => p.Product)];
}
