using ClvOrleans.Domain.Customers;
using ClvOrleans.Storage.Journal;

namespace ClvOrleans.Storage.Conformance.Journal;

/// <summary><see cref="IEventHistory"/>: every event of a store, shard by shard.</summary>
public class EventHistoryTests<TEngine> : StoreTests<TEngine>
    where TEngine : IStorageEngine, new()
{
    [Fact]
    public async Task The_shards_together_hold_every_event_of_every_customer_once_and_of_no_other_store()
    {
        var expected = new List<string>();
        for (var i = 0; i < 100; i++)
        {
            await Store.Journal.AppendAsync(Sample.Commit($"c{i}", 0, $"{i}a", $"{i}b"));
            expected.AddRange([$"c{i}/{i}a", $"c{i}/{i}b"]);
        }

        await Store.Journal.AppendAsync(Sample.Commit(CustomerId.OfUser(Other, "c1"), 0, "x"));
        var read = new List<string>();
        for (var shard = 0; shard < UsualShards.Count; shard++)
        {
            await foreach (var (customer, e) in Store.History.ReadAsync(Shop, shard))
            {
                Assert.Equal((Shop, shard), (customer.Store, customer.Shard));
                read.Add($"{customer.Id}/{e.MessageId}");
            }
        }

        Assert.Equal(expected.Order(StringComparer.Ordinal), read.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_events_of_a_customer_come_together_in_their_order()
    {
        var customers = Enumerable.Range(0, 1_000).Select(i => $"c{i}").Where(c => Sample.Customer(c).Shard == 0).Take(5).ToArray();
        for (var round = 0; round < 3; round++)
        {
            foreach (var customer in customers)
            {
                await Store.Journal.AppendAsync(Sample.Commit(customer, round, $"{round}"));
            }
        }

        var read = new List<(string Customer, string Message)>();
        await foreach (var (customer, e) in Store.History.ReadAsync(Shop, 0))
        {
            read.Add((customer.Id, e.MessageId));
        }

        Assert.Equal(customers.Length * 3, read.Count);
        Assert.Equal(customers.Order(StringComparer.Ordinal), read.Chunk(3).Select(c => c[0].Customer).Order(StringComparer.Ordinal));
        Assert.All(read.Chunk(3), c => Assert.Equal([(c[0].Customer, "0"), (c[0].Customer, "1"), (c[0].Customer, "2")], c));
    }
}
