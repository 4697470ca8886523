using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Market;
using ClvOrleans.Storage.Market;

namespace ClvOrleans.Storage.Conformance.Stores;

/// <summary><see cref="IAcquisitionCosts"/>: what a store paid to win customers.</summary>
public class AcquisitionCostTests<TEngine> : StoreTests<TEngine>
    where TEngine : IStorageEngine, new()
{
    [Fact]
    public async Task Costs_are_added_replaced_by_their_id_and_removed_in_their_store_alone()
    {
        var (ads, mail) = (Cost("b", 100), Cost("a", 50) with { Campaign = "Frühling" });
        await Store.Costs.PutAsync(Shop, [ads, mail]);
        await Store.Costs.PutAsync(Shop, [ads with { Amount = new Money(Int128.MaxValue / 4) }]);
        await Store.Costs.PutAsync(Other, [Cost("c", 1)]);

        await ReopenAsync();
        Assert.Equal([mail, ads with { Amount = new Money(Int128.MaxValue / 4) }], await Store.Costs.ReadAsync(Shop));
        Assert.True(await Store.Costs.RemoveAsync(Shop, "a"));
        Assert.False(await Store.Costs.RemoveAsync(Shop, "a"));
        Assert.False(await Store.Costs.RemoveAsync(Shop, "c"));
        Assert.Equal(["b"], (await Store.Costs.ReadAsync(Shop)).Select(c => c.Id));
        Assert.Equal([Cost("c", 1)], await Store.Costs.ReadAsync(Other));
    }

    private static AcquisitionCost Cost(string id, long amount) =>
        new(id, "google / cpc", new DateOnly(2026, 3, 1), new DateOnly(2026, 3, 31), new Money(amount));
}
