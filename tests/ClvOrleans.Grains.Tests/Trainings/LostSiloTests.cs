using System.Collections.Immutable;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Grains.Trainings;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace ClvOrleans.Grains.Tests.Trainings;

/// <summary>A silo that dies while a training reads from it.</summary>
public sealed class LostSiloTests : IAsyncLifetime
{
    private static readonly ImmutableArray<DateOnly> Days = [new(2026, 6, 1)];
    private readonly StoreCluster _cluster = new();
    private readonly StoreId _store = new("lost");

    public ValueTask InitializeAsync() => _cluster.InitializeAsync();

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task Its_shards_are_read_again_elsewhere_and_nobody_is_missing_or_twice()
    {
        await RecordAsync();
        var (shard, collecting) = await LoseMidwayAsync(new CollectionOptions { Batch = 2 });

        Assert.Equal(
            Customers.Select(c => c.Id).Order(StringComparer.Ordinal),
            (await collecting).Select(c => c.Id.Id).Order(StringComparer.Ordinal));
        Assert.Equal(3, _cluster.History.ReadingsOf(_store, shard));
    }

    [Fact]
    public async Task Where_it_may_not_be_read_again_the_collecting_fails_rather_than_give_less()
    {
        await RecordAsync();
        var (_, collecting) = await LoseMidwayAsync(new CollectionOptions { Batch = 2, Attempts = 1 });

        var lost = await Assert.ThrowsAnyAsync<Exception>(() => collecting);
        Assert.True(ShardCollector.HasLostItsSilo(lost), lost.ToString());
    }

    private CustomerId[] Customers => [.. Enumerable.Range(0, 400).Select(i => CustomerId.OfUser(_store, $"c{i}"))];

    private async Task RecordAsync()
    {
        foreach (var chunk in Customers.Chunk(50))
        {
            await _cluster.Router().RecordAsync([.. chunk.Select(c => Sent.Order(c, $"o{c.Id}", 100))]);
        }
    }

    // The second silo dies when two messages of one of its shards have come, and the third is being made.
    private async Task<(int Shard, Task<IReadOnlyCollection<AsOfSnapshots>> Collecting)> LoseMidwayAsync(CollectionOptions options)
    {
        var (first, second) = (_cluster.Silos[0], _cluster.Silos[1]);
        var collector = ActivatorUtilities.CreateInstance<ShardCollector>(
            _cluster.Cluster.GetSiloServiceProvider(first.SiloAddress), Options.Create(options));
        await collector.CollectAsync(_store, Days);
        var hosts = await _cluster.HostsOfTrainingAsync(_store);
        var shard = Enumerable.Range(0, UsualShards.Count)
            .First(s => hosts[s]!.Equals(second.SiloAddress) && Customers.Count(c => c.Shard == s) > 5);
        var hold = _cluster.History.HoldAt(_store, shard, 5);
        var collecting = collector.CollectAsync(_store, Days);
        await hold.Reached.Task.WaitAsync(TimeSpan.FromSeconds(60));
        await _cluster.Cluster.KillSiloAsync(second);
        hold.Released.SetResult();
        return (shard, collecting);
    }
}
