using ClvOrleans.Domain.Stock;
using ClvOrleans.Grains.Recommendations;
using ClvOrleans.Recommendations.Catalogues;
using ClvOrleans.Storage.Stock;

namespace ClvOrleans.Grains.Tests.Recommendations;

/// <summary>Every silo knows what is in stock as soon as it is acknowledged on any.</summary>
public sealed class ShelfCacheTests(StoreCluster cluster) : IClassFixture<StoreCluster>
{
    [Fact]
    public async Task What_one_silo_acknowledged_is_in_the_next_look_of_every_silo()
    {
        var store = cluster.NewStore();
        var catalogue = Catalogue.Of([new("a"), new("b")]);
        for (var i = 0; i < 50; i++)
        {
            var units = i % 3 - 1;
            await cluster.Service<IProductShelf>(i % 2).PutAsync(store, [new StockStatement("a", Sent.Start.AddSeconds(i), units)]);
            for (var silo = 0; silo < 2; silo++)
            {
                var shelf = await cluster.Service<ShelfCache>(silo).OfAsync(store);
                Assert.Equal(units, shelf.Products["a"].Units);
                Assert.Equal((units <= 0, false), (shelf.Of(catalogue).IsOut(0), shelf.Of(catalogue).IsOut(1)));
            }
        }
    }

    [Fact]
    public async Task A_product_of_which_nothing_is_said_any_more_can_be_sold()
    {
        var store = cluster.NewStore();
        var catalogue = Catalogue.Of([new("a")]);
        await cluster.Service<IProductShelf>(0).PutAsync(store, [new StockStatement("a", Sent.Start, 0, IsPromoted: true)]);
        Assert.True((await cluster.Service<ShelfCache>(1).OfAsync(store)).Of(catalogue).IsOut(0));
        await cluster.Service<IProductShelf>(0).RemoveAsync(store, "a");
        var shelf = await cluster.Service<ShelfCache>(1).OfAsync(store);
        Assert.Equal((0, false, false), (shelf.Products.Count, shelf.Of(catalogue).IsOut(0), shelf.Of(catalogue).IsPromoted(0)));
    }

    [Fact]
    public async Task A_shelf_is_made_once_for_a_catalogue_while_nothing_changes()
    {
        var store = cluster.NewStore();
        var catalogue = Catalogue.Of([new("a")]);
        await cluster.Service<IProductShelf>(0).PutAsync(store, [new StockStatement("a", Sent.Start, 1)]);
        var cache = cluster.Service<ShelfCache>(0);
        Assert.Same((await cache.OfAsync(store)).Of(catalogue), (await cache.OfAsync(store)).Of(catalogue));
    }
}
