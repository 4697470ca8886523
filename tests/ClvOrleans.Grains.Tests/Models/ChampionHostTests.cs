using System.Collections.Immutable;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Grains.Customers;
using ClvOrleans.Grains.Models;
using ClvOrleans.Valuation.Ensemble;
using ClvOrleans.Valuation.Models;

namespace ClvOrleans.Grains.Tests.Models;

public sealed class ChampionHostTests(StoreCluster cluster) : IClassFixture<StoreCluster>
{
    private static readonly StoreId Store = AnyStore.WithChampions;

    [Fact]
    public async Task Every_silo_follows_a_promotion_without_a_failed_call_and_a_new_silo_starts_with_it()
    {
        Assert.Equal("prior", NameOn(0));
        await PromoteAsync("first");
        var calls = Enumerable.Range(0, 200).Select(i => cluster.Router(i % 2).RecordAsync([Sent.Order(User(i), $"o{i}", 100)])).ToList();
        for (var silo = 0; silo < 2; silo++)
        {
            await cluster.Service<ChampionHost>(silo).RefreshAsync(CancellationToken.None);
        }

        Assert.All((await Task.WhenAll(calls)).SelectMany(o => o), o => Assert.Equal(OutcomeKind.Recorded, o.Kind));
        Assert.Equal(("first", "first"), (NameOn(0), NameOn(1)));
        await cluster.Router().RecordAsync([Sent.Page(User(0), "page")]);
        Assert.Equal(1, (await cluster.Rows.FindAsync(User(0)))!.Contribution.Generation);

        // One whose body is lost is left where it is, and the service goes on with the one before.
        await PromoteAsync(VersionOf("damaged") with { Family = StackedModel.Family });
        await cluster.Service<ChampionHost>(0).RefreshAsync(CancellationToken.None);
        Assert.Equal("first", NameOn(0));

        await PromoteAsync("second");
        await cluster.Cluster.StartAdditionalSiloAsync();
        Assert.Equal("second", NameOn(2));
    }

    private static CustomerId User(int i) => CustomerId.OfUser(Store, $"u{i}");

    private static ModelVersion VersionOf(string id) => new()
    {
        Id = id,
        Family = "pareto-nbd",
        Parameters = ImmutableSortedDictionary<string, double>.Empty.Add("r", 1).Add("alpha", 10).Add("s", 1).Add("beta", 10),
        MeanSpend = 1_000,
    };

    private string NameOn(int silo) => cluster.Service<IChampions>(silo).Find(Store).Model.Version.Id;

    private Task PromoteAsync(string id) => PromoteAsync(VersionOf(id));

    private async Task PromoteAsync(ModelVersion version)
    {
        await cluster.Registry.AddAsync(Store, version);
        await cluster.Registry.PromoteAsync(Store, version.Id, cluster.Time.GetUtcNow());
    }
}
