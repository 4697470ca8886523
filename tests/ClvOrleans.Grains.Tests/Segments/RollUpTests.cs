using ClvOrleans.Contracts;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Market;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Grains.Customers;
using ClvOrleans.Grains.Models;
using ClvOrleans.Valuation.Segments;

namespace ClvOrleans.Grains.Tests.Segments;

/// <summary>Invariants 5 and 6: reports add up to the customers, and every figure can be computed again.</summary>
public sealed class RollUpTests(StoreCluster cluster) : IClassFixture<StoreCluster>
{
    private const int Customers = 40;
    private readonly StoreId _store = cluster.NewStore();

    [Fact]
    public async Task Once_quiet_the_shards_equal_the_customers_exactly_after_deactivations_and_a_killed_silo()
    {
        await SendAsync(0, 400);
        await SumOfShardsAsync();
        await DeactivateSomeAsync();
        var sending = SendAsync(400, 1_200);
        await cluster.Cluster.KillSiloAsync(cluster.Cluster.Silos[1]);
        await SumOfShardsAsync();
        await DeactivateSomeAsync();
        await cluster.Cluster.StartAdditionalSiloAsync();
        await sending;

        var shards = await SumOfShardsAsync();
        Assert.Equal(await FoldOfCustomersAsync(), shards);
        Assert.Equal(1_200 / 3, shards.Values.Sum(s => s.Orders));
        Assert.Equal(Customers, shards.Values.Sum(s => s.Customers));

        await DeactivateSomeAsync();
        Assert.Equal(shards, await SumOfShardsAsync());
    }

    private async Task SendAsync(int from, int to)
    {
        foreach (var chunk in Enumerable.Range(from, to - from).Chunk(8))
        {
            await Task.WhenAll(chunk.Select(i => SendAsync(EventOf(i))));
        }
    }

    private RoutedEvent EventOf(int i)
    {
        var customer = CustomerId.OfUser(_store, $"c{i % Customers}");
        return (i % 3) switch
        {
            0 => Sent.Order(customer, $"o{i}", 100 + i, i % 160),
            1 => Sent.Page(CustomerId.OfVisitor(_store, $"b{i % Customers}"), $"p{i}", i % 160),
            _ => Sent.Identify(customer, CustomerId.OfVisitor(_store, $"b{i % Customers}"), $"i{i}"),
        };
    }

    // What a client does: it sends again until the event is acknowledged.
    private async Task SendAsync(RoutedEvent e)
    {
        while ((await Retry(() => cluster.Router().RecordAsync([e])))[0].Kind == OutcomeKind.Failed)
        {
            await Task.Yield();
        }
    }

    private static async Task<T> Retry<T>(Func<Task<T>> send)
    {
        while (true)
        {
            try
            {
                return await send();
            }
            catch (Exception e) when (e is SiloUnavailableException or OrleansMessageRejectionException or TimeoutException)
            {
                await Task.Yield();
            }
        }
    }

    private async Task<Dictionary<SegmentCell, SegmentSums>> SumOfShardsAsync()
    {
        var sums = new Dictionary<SegmentCell, SegmentSums>();
        for (var shard = 0; shard < UsualShards.Count; shard++)
        {
            var at = shard;
            foreach (var (cell, sum) in (await Retry(() => cluster.Grains.GetShard(_store, at).SumAsync())).Cells)
            {
                sums[cell] = sums.GetValueOrDefault(cell) + sum;
            }
        }

        return sums;
    }

    // Every customer folded anew from the journal and estimated anew: the heads and shards must be these to the last bit.
    private async Task<Dictionary<SegmentCell, SegmentSums>> FoldOfCustomersAsync()
    {
        var settings = AnyStore.SettingsOf(_store);
        var champion = cluster.Service<IChampions>(0).Find(_store);
        var today = settings.DayOf(cluster.Time.GetUtcNow());
        var sums = new Dictionary<SegmentCell, SegmentSums>();
        for (var c = 0; c < Customers; c++)
        {
            foreach (var id in (CustomerId[])[CustomerId.OfUser(_store, $"c{c}"), CustomerId.OfVisitor(_store, $"b{c}")])
            {
                var entries = await cluster.Journal.ReadAsync(id, 0);
                if (entries.Count > 0)
                {
                    var summary = CustomerSummary.Of(CustomerState.Fold(entries.Select(e => e.Event), settings), settings);
                    var estimate = champion.Model.Estimate(summary, MarketCalendar.Empty, settings, today, settings.Horizon);
                    var contribution = Contribution.Of(entries.Count, champion.Generation, summary, estimate, settings.MarginBasisPoints);
                    sums[contribution.Cell!.Value] = sums.GetValueOrDefault(contribution.Cell.Value) + contribution.Sums;
                }
            }
        }

        return sums;
    }

    private async Task DeactivateSomeAsync()
    {
        for (var i = 0; i < Customers; i += 3)
        {
            await cluster.DeactivateAsync(CustomerId.OfUser(_store, $"c{i}"));
            await cluster.Cluster.DeactivateAsync((IAddressable)cluster.Grains.GetShard(_store, i));
        }
    }
}
