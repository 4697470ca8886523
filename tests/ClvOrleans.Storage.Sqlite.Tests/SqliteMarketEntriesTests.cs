using ClvOrleans.Domain.Market;
using ClvOrleans.Domain.Stores;

namespace ClvOrleans.Storage.Sqlite.Tests;

/// <summary>The market calendar at rest.</summary>
public sealed class SqliteMarketEntriesTests : IAsyncDisposable
{
    private static readonly StoreId Store = Letters.Store;
    private readonly TestStore _store = new();

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Fact]
    public async Task Entries_are_added_replaced_by_their_id_and_removed_in_their_store_alone()
    {
        var entries = new SqliteMarketEntries(_store.Database, _store.Writer);
        var (summer, autumn) = (Entry("summer", 6), Entry("autumn", 9));
        await entries.PutAsync(Store, [summer, autumn]);
        await entries.PutAsync(Store, [summer with { To = new DateOnly(2026, 6, 30) }]);
        await entries.PutAsync(new StoreId("other"), [Entry("winter", 12)]);

        var calendar = await entries.ReadAsync(Store);
        Assert.Equal([summer with { To = new DateOnly(2026, 6, 30) }, autumn], calendar.Entries.Values.OrderBy(e => e.From));
        Assert.True(await entries.RemoveAsync(Store, "summer"));
        Assert.False(await entries.RemoveAsync(Store, "summer"));
        Assert.False(await entries.RemoveAsync(Store, "winter"));
        Assert.Equal([autumn], (await entries.ReadAsync(Store)).Entries.Values);
    }

    private static MarketEntry Entry(string id, int month) =>
        new(id, MarketKind.Promotion, new DateOnly(2026, month, 1), new DateOnly(2026, month, 10), .2);
}
