using ClvOrleans.Domain.Market;
using ClvOrleans.Storage.Market;

namespace ClvOrleans.Storage.Conformance.Stores;

/// <summary><see cref="IMarketEntries"/>: the market calendar of a store.</summary>
public class MarketEntryTests<TEngine> : StoreTests<TEngine>
    where TEngine : IStorageEngine, new()
{
    [Fact]
    public async Task Entries_are_added_replaced_by_their_id_and_removed_in_their_store_alone()
    {
        var (summer, autumn) = (Entry("summer", 6), Entry("autumn", 9));
        await Store.Market.PutAsync(Shop, [summer, autumn]);
        await Store.Market.PutAsync(Shop, [summer with { To = new DateOnly(2026, 6, 30) }]);
        await Store.Market.PutAsync(Other, [Entry("winter", 12)]);

        await ReopenAsync();
        var calendar = await Store.Market.ReadAsync(Shop);
        Assert.Equal([summer with { To = new DateOnly(2026, 6, 30) }, autumn], calendar.Entries.Values.OrderBy(e => e.From));
        Assert.True(await Store.Market.RemoveAsync(Shop, "summer"));
        Assert.False(await Store.Market.RemoveAsync(Shop, "summer"));
        Assert.False(await Store.Market.RemoveAsync(Shop, "winter"));
        Assert.Equal([autumn], (await Store.Market.ReadAsync(Shop)).Entries.Values);
    }

    private static MarketEntry Entry(string id, int month) =>
        new(id, MarketKind.Promotion, new DateOnly(2026, month, 1), new DateOnly(2026, month, 10), .2);
}
