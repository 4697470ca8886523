using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Storage.Stamps;

namespace ClvOrleans.Storage.Conformance.Stores;

/// <summary>All ports: stores of few and of many shards beside each other, each with its customers in its own shards.</summary>
public class ShardTests<TEngine> : StoreTests<TEngine>
    where TEngine : IStorageEngine, new()
{
    private static readonly ShardCount Few = new(8);
    private static readonly ShardCount Many = new(256);

    [Fact]
    public async Task Each_store_is_read_by_its_own_shards_and_all_of_them_have_everyone_once()
    {
        await MakeAsync();
        var (shop, other) = (Customers(Shop, 60), Customers(Other, 60));
        await Task.WhenAll(shop.Concat(other).Select(c => Store.Journal.AppendAsync(Sample.Commit(c, 0, "m"))));
        await Store.Journal.AppendAsync(Sample.Commit(shop[0], 1, "again"));

        await ReopenAsync();
        await CheckAsync(Shop, Few, shop, [shop[0]]);
        await CheckAsync(Other, Many, other, []);
        var sums = await Task.WhenAll(Store.Rows.SumAsync(Shop), Store.Rows.SumAsync(Other));
        Assert.Equal([60, 60], sums.Select(s => s.Values.Sum(c => c.Customers)));
    }

    [Fact]
    public async Task Who_is_erased_leaves_a_hash_in_the_shard_where_they_were()
    {
        await MakeAsync();
        foreach (var (store, shards) in new[] { (Shop, Few), (Other, Many) })
        {
            var (anna, bea) = (CustomerId.OfUser(store, "anna"), CustomerId.OfUser(store, "bea"));
            await Store.Journal.AppendAsync(Sample.Commit(anna, 0, "m1"));
            await Store.Journal.AppendAsync(Sample.Commit(bea, 0, "m2"));
            var before = await Store.Rows.FindCommitAsync(store, bea.ShardIn(shards));
            await Store.Erasures.EraseAsync(bea, false, Sample.Time, []);

            var changes = await Store.Rows.ChangesAsync(store, bea.ShardIn(shards), before).ToListAsync();
            Assert.Equal((before + 1, CustomerKind.Erased), (Assert.Single(changes).Commit, changes[0].Customer.Kind));
            Assert.NotEqual(0, await Store.Rows.FindCommitAsync(store, anna.ShardIn(shards)));
        }
    }

    [Fact]
    public async Task Deliveries_are_in_the_shard_of_their_customer()
    {
        await MakeAsync();
        var customers = Customers(Other, 20);
        await Store.Deliveries.AddAsync(Other, [.. customers.Select(c => Sample.Delivery(c.Id, c.Id) with { Customer = c })]);

        var shards = customers.Select(c => c.ShardIn(Many)).Distinct().Order().ToArray();
        Assert.Contains(shards, s => s >= UsualShards.Count);
        Assert.Equal(shards, await Store.Deliveries.FindDueShardsAsync(Other, Sample.Time.AddYears(1)));
        foreach (var shard in shards)
        {
            var writer = await Store.Deliveries.TakeAsync(Other, shard);
            var due = await Store.Deliveries.ReadDueAsync(Other, shard, writer, null, Sample.Time.AddYears(1), 100);
            Assert.Equal(
                customers.Where(c => c.ShardIn(Many) == shard).OrderBy(c => c.Id, StringComparer.Ordinal),
                due.Select(d => d.Customer).OrderBy(c => c.Id, StringComparer.Ordinal));
        }
    }

    private static CustomerId[] Customers(StoreId store, int count) =>
        [.. Enumerable.Range(0, count).Select(i => CustomerId.OfUser(store, $"c{i}"))];

    private async Task MakeAsync()
    {
        await Store.Records.TryPutAsync(Sample.Store(Shop) with { Shards = Few }, Stamp(Shop), 0);
        await Store.Records.TryPutAsync(Sample.Store(Other, 1) with { Shards = Many }, Stamp(Other), 1);
    }

    private async Task CheckAsync(StoreId store, ShardCount shards, CustomerId[] customers, CustomerId[] changedAgain)
    {
        foreach (var shard in shards.All)
        {
            var expected = customers.Where(c => c.ShardIn(shards) == shard).Select(c => c.Id).Order(StringComparer.Ordinal).ToArray();
            var changes = await Store.Rows.ChangesAsync(store, shard, 0).ToListAsync();
            Assert.Equal(expected, changes.Select(c => c.Customer.Id).Order(StringComparer.Ordinal));
            Assert.Equal(
                expected.Length + changedAgain.Count(c => c.ShardIn(shards) == shard), await Store.Rows.FindCommitAsync(store, shard));
            var events = await Store.History.ReadAsync(store, shard).ToListAsync();
            Assert.Equal(expected, events.Select(e => e.Customer.Id).Distinct().Order(StringComparer.Ordinal));
        }
    }

    private static StoreStamp Stamp(StoreId store) => StoreStamp.Of(new StoreSettings { Id = store });
}
