using ClvOrleans.Domain.Stores;
using ClvOrleans.Storage.Stamps;
using ClvOrleans.Storage.Stores;
using ClvOrleans.Valuation.Models;

namespace ClvOrleans.Storage.Conformance.Stores;

/// <summary><see cref="IStoreRecords"/>: the stores of an installation, in versions.</summary>
public class StoreRecordTests<TEngine> : StoreTests<TEngine>
    where TEngine : IStorageEngine, new()
{
    [Fact]
    public async Task A_store_keeps_every_version_and_is_as_the_newest_says()
    {
        Assert.Equal((0L, 0), ((await Store.Records.ReadAsync()).Revision, (await Store.Records.ReadAsync()).All.Count));
        Assert.Equal(StoreChange.Kept, await PutAsync(Sample.Store(Shop), 0));
        Assert.Equal(StoreChange.Kept, await PutAsync(Sample.Store(Other, 1), 1));
        Assert.Equal(StoreChange.Kept, await PutAsync(Sample.Store(Shop, 2) with { IsClosed = true, By = "anna" }, 2));

        await ReopenAsync();
        var (first, other) = (Kept(Sample.Store(Shop), 1, 0), Kept(Sample.Store(Other, 1), 1, 1));
        var last = Kept(Sample.Store(Shop, 2) with { IsClosed = true, By = "anna" }, 2, 0);
        var book = await Store.Records.ReadAsync();
        Assert.Equal(3, book.Revision);
        Assert.Equal([other, last], book.All);
        Assert.Equal([last, first], await Store.Records.HistoryAsync(Shop));
        Assert.Equal([other], await Store.Records.HistoryAsync(Other));
    }

    [Fact]
    public async Task Of_many_who_change_a_store_at_once_one_does_and_the_others_read_again()
    {
        var changes = await Task.WhenAll(
            Enumerable.Range(0, 20).Select(i => Task.Run(() => PutAsync(Sample.Store(i % 2 == 0 ? Shop : Other, i), 0))));
        Assert.Equal(1, changes.Count(c => c == StoreChange.Kept));
        Assert.Equal(19, changes.Count(c => c == StoreChange.Outdated));
        Assert.Equal(1, (await Store.Records.ReadAsync()).Revision);
    }

    [Fact]
    public async Task Currency_and_time_zone_change_before_the_first_event_and_never_after()
    {
        await PutAsync(Sample.Store(Shop), 0, currency: "USD");
        Assert.Equal(StoreChange.Kept, await PutAsync(Sample.Store(Shop), 1, currency: "EUR"));
        await Store.Journal.AppendAsync(Sample.Commit("anna", 0, "m"));
        Assert.Equal(StoreChange.HasEvents, await PutAsync(Sample.Store(Shop), 2, currency: "USD"));
        Assert.Equal(StoreChange.HasEvents, await PutAsync(Sample.Store(Shop), 2, currency: "EUR", zone: "Europe/Berlin"));
        Assert.Equal(StoreChange.Kept, await PutAsync(Sample.Store(Other), 2, currency: "JPY"));
        Assert.Equal(StoreChange.Kept, await PutAsync(Sample.Store(Shop), 3, currency: "EUR"));
        Assert.Equal(["EUR", "JPY"], (await Store.Stamps.ReadAsync()).Select(s => s.Currency).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Pseudonyms_begin_and_end_before_the_first_event_and_the_first_key_stays()
    {
        var (first, second) = (new Pseudonyms(new string('1', 64)), new Pseudonyms(new string('2', 64)));
        await PutAsync(Sample.Store(Shop) with { Pseudonyms = first }, 0);
        await PutAsync(Sample.Store(Other) with { Pseudonyms = second }, 1);
        Assert.Equal(StoreChange.Kept, await PutAsync(Sample.Store(Shop, 1), 2));
        Assert.Equal([second, null], await PseudonymsAsync());
        Assert.Equal(StoreChange.Kept, await PutAsync(Sample.Store(Shop, 2) with { Pseudonyms = first }, 3));
        Assert.Equal(StoreChange.Kept, await PutAsync(Sample.Store(Shop, 3) with { Pseudonyms = second }, 4));
        Assert.Equal([second, first], await PseudonymsAsync());

        await Store.Journal.AppendAsync(Sample.Commit("anna", 0, "m"));
        Assert.Equal(StoreChange.HasPeople, await PutAsync(Sample.Store(Shop, 4), 5));
        Assert.Equal(StoreChange.Kept, await PutAsync(Sample.Store(Shop, 5) with { Pseudonyms = first }, 5));
        await ReopenAsync();
        Assert.Equal([second, first], await PseudonymsAsync());
    }

    [Fact]
    public async Task A_store_has_the_shards_of_its_first_version_for_good()
    {
        Assert.Equal(StoreChange.Kept, await PutAsync(Sample.Store(Shop) with { Shards = new ShardCount(8) }, 0));
        Assert.Equal(StoreChange.Kept, await PutAsync(Sample.Store(Other), 1));
        Assert.Equal(StoreChange.HasShards, await PutAsync(Sample.Store(Shop, 1), 2));
        Assert.Equal(StoreChange.HasShards, await PutAsync(Sample.Store(Other, 1) with { Shards = new ShardCount(128) }, 2));
        Assert.Equal(StoreChange.Kept, await PutAsync(Sample.Store(Shop, 1) with { Shards = new ShardCount(8) }, 2));

        await ReopenAsync();
        Assert.Equal([64, 8], (await Store.Records.ReadAsync()).All.Select(s => s.Shards.Value));
        Assert.Equal([8, 8], (await Store.Records.HistoryAsync(Shop)).Select(s => s.Shards.Value));
    }

    [Fact]
    public async Task Customers_who_came_before_the_first_version_of_their_store_are_in_sixty_four_shards()
    {
        await Store.Journal.AppendAsync(Sample.Commit("anna", 0, "m"));
        Assert.Equal(StoreChange.HasShards, await PutAsync(Sample.Store(Shop) with { Shards = new ShardCount(8) }, 0));
        Assert.Equal(StoreChange.Kept, await PutAsync(Sample.Store(Shop), 0));
    }

    [Fact]
    public async Task A_version_that_changes_what_estimates_rest_on_makes_those_of_its_store_late()
    {
        await PutAsync(Sample.Store(Shop), 0);
        await PutAsync(Sample.Store(Other), 1);
        await PutAsync(Sample.Store(Shop, 1), 2, margin: 4_000);
        await PutAsync(Sample.Store(Shop, 2), 3, margin: 4_000);
        Assert.Equal(
            [new Promotion(1, "prior", Sample.Time.AddDays(1), PromotionCause.Settings)], await Store.Registry.PromotionsAsync(Shop));
        Assert.Empty(await Store.Registry.PromotionsAsync(Other));
    }

    private static StoreRecord Kept(StoreRecord record, long version, int created) =>
        record with { Version = version, CreatedAt = Sample.Time.AddDays(created), CreatedIn = created + 1 };

    // By id: that of the other store is the first.
    private async Task<IEnumerable<Pseudonyms?>> PseudonymsAsync() => (await Store.Records.ReadAsync()).All.Select(s => s.Pseudonyms);

    private Task<StoreChange> PutAsync(
        StoreRecord record, long expected, string currency = "USD", string zone = "UTC", int margin = 3_000) =>
        Store.Records.TryPutAsync(record, new StoreStamp(record.Store, currency, zone, margin, 365, .1), expected);
}
