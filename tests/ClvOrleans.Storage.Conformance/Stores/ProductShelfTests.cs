using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Stock;
using ClvOrleans.Storage.Stock;

namespace ClvOrleans.Storage.Conformance.Stores;

/// <summary><see cref="IProductShelf"/>: what a store has to sell.</summary>
public class ProductShelfTests<TEngine> : StoreTests<TEngine>
    where TEngine : IStorageEngine, new()
{
    private static DateTimeOffset Noon { get; } = Sample.Time;

    [Fact]
    public async Task What_a_statement_does_not_say_stays_as_it_was_and_an_older_one_changes_nothing()
    {
        await Store.Shelf.PutAsync(Shop, [new("p2", Noon, -3), new("p1", Noon, 5, new Money(1250), true, "shoes", 14)]);
        await Store.Shelf.PutAsync(Shop, [new("p1", Noon.AddHours(2), 4), new("p1", Noon.AddHours(2), 3, IsPromoted: false)]);
        await Store.Shelf.PutAsync(Shop, [new("p1", Noon.AddHours(1), 99, new Money(1), true), new("p2", Noon, Price: Money.Zero)]);
        await Store.Shelf.PutAsync(Other, [new("p1", Noon, 7)]);
        await ReopenAsync();

        ProductStock[] expected =
            [new("p1", Noon.AddHours(2), 3, new Money(1250), false, "shoes", 14), new("p2", Noon, -3, Money.Zero)];
        Assert.Equal(expected, await Store.Shelf.ReadAsync(Shop));
        Assert.Equal([new ProductStock("p1", Noon, 7)], await Store.Shelf.ReadAsync(Other));
    }

    [Fact]
    public async Task Each_write_is_a_revision_and_who_follows_them_sees_each_change_once()
    {
        Assert.Empty(await Store.Shelf.ChangesAsync(Shop, 0));
        await Store.Shelf.PutAsync(Shop, [new("b", Noon, 1), new("a", Noon, 2)]);
        var first = await Store.Shelf.ChangesAsync(Shop, 0);
        Assert.Equal([new(1, "a", new("a", Noon, 2)), new(1, "b", new("b", Noon, 1))], first);

        await Store.Shelf.PutAsync(Shop, [new("b", Noon, 0)]);
        await Store.Shelf.PutAsync(Shop, [new("a", Noon.AddDays(-1), 9)]);
        Assert.Equal([new(2, "b", new("b", Noon, 0))], await Store.Shelf.ChangesAsync(Shop, 1));
        Assert.Empty(await Store.Shelf.ChangesAsync(Shop, 2));
        Assert.Empty(await Store.Shelf.ChangesAsync(Other, 0));
    }

    [Fact]
    public async Task A_product_that_is_removed_is_forgotten_but_heard_of_and_may_come_again_at_any_time()
    {
        await Store.Shelf.PutAsync(Shop, [new("a", Noon, 2, new Money(5), true, "shoes", 3)]);
        Assert.True(await Store.Shelf.RemoveAsync(Shop, "a"));
        Assert.False(await Store.Shelf.RemoveAsync(Shop, "a"));
        Assert.False(await Store.Shelf.RemoveAsync(Other, "a"));
        Assert.Empty(await Store.Shelf.ReadAsync(Shop));
        Assert.Equal([new(2, "a", null)], await Store.Shelf.ChangesAsync(Shop, 1));

        await Store.Shelf.PutAsync(Shop, [new("a", Noon.AddDays(-1), 4)]);
        Assert.Equal([new(3, "a", new("a", Noon.AddDays(-1), 4))], await Store.Shelf.ChangesAsync(Shop, 2));
    }
}
