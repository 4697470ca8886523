using ClvOrleans.Storage.Journal;

namespace ClvOrleans.Storage.Conformance.Journal;

/// <summary>Eight writers over one store.</summary>
public class ConcurrentWriterTests<TEngine> : StoreTests<TEngine>
    where TEngine : IStorageEngine, new()
{
    private const int Writers = 8;

    [Fact]
    public async Task Eight_writers_of_one_customer_write_each_sequence_once_and_what_was_acknowledged_stays()
    {
        var anna = Sample.Customer("anna");
        var acknowledged = await Task.WhenAll(Enumerable.Range(0, Writers).Select(w => Task.Run(async () =>
        {
            var mine = new List<string>();
            for (var i = 0; mine.Count < 25; i++)
            {
                try
                {
                    var message = $"w{w}-{i}";
                    await Store.Journal.AppendAsync(Sample.Commit(anna, (await Store.Journal.FindTipAsync(anna)).Sequence, message));
                    mine.Add(message);
                }
                catch (SequenceConflictException)
                {
                }
            }

            return mine;
        })));

        await ReopenAsync();
        var entries = await Store.Journal.ReadAsync(anna, 0);
        Assert.Equal(Enumerable.Range(1, Writers * 25).Select(i => (long)i), entries.Select(e => e.Sequence));
        Assert.Equal(
            acknowledged.SelectMany(a => a).Order(StringComparer.Ordinal),
            entries.Select(e => e.Event.MessageId).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Eight_writers_that_claim_the_same_orders_give_each_to_one_of_them()
    {
        var placed = await Task.WhenAll(Enumerable.Range(0, Writers).Select(w => Task.Run(async () =>
        {
            var mine = new List<string>();
            for (var i = 0; i < 40; i++)
            {
                try
                {
                    await Store.Journal.AppendAsync(Sample.Commit($"c{w}", mine.Count, $"m{i}") with { ClaimedOrders = [$"{i}"] });
                    mine.Add($"{i}");
                }
                catch (OrdersTakenException)
                {
                }
            }

            return (Writer: $"c{w}", Orders: mine);
        })));

        var orders = Enumerable.Range(0, 40).Select(i => $"{i}").ToArray();
        Assert.Equal(orders.Order(StringComparer.Ordinal), placed.SelectMany(p => p.Orders).Order(StringComparer.Ordinal));
        var owners = await Store.Journal.FindOwnersAsync(Shop, orders);
        foreach (var (writer, mine) in placed)
        {
            Assert.All(mine, order => Assert.Equal(writer, owners[order].Id));
            Assert.Equal(mine.Count, (await Store.Journal.ReadAsync(Sample.Customer(writer), 0)).Count);
        }
    }

    [Fact]
    public async Task An_event_that_is_held_while_its_order_is_placed_reaches_the_owner_one_way_or_the_other()
    {
        for (var round = 0; round < 40; round++)
        {
            var (order, held) = ($"o{round}", new HeldEvent(Sample.Customer("bea"), Sample.Refund($"r{round}", $"o{round}")));
            var holding = Task.Run(() => Store.Journal.HoldAsync(held));
            var placing = Task.Run(() => PlaceAsync($"c{round}", order));
            var owner = await holding;
            var delivered = await placing;
            Assert.True((owner == Sample.Customer($"c{round}")) != delivered.Contains(held.Event.Key), $"Round {round}.");
            Assert.Empty(await Store.Journal.HeldAsync(Shop, [order]));
        }
    }

    private async Task<HashSet<Domain.Events.EventKey>> PlaceAsync(string customer, string order)
    {
        while (true)
        {
            var held = await Store.Journal.HeldAsync(Shop, [order]);
            try
            {
                await Store.Journal.AppendAsync(Sample.Commit(customer, 0, "m") with { ClaimedOrders = [order], Delivered = [.. held] });
                return [.. held.Select(h => h.Event.Key)];
            }
            catch (SequenceConflictException)
            {
                // An event came to be held in between: it is read again.
            }
        }
    }
}
