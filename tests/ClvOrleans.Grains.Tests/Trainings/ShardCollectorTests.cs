using System.Collections.Immutable;
using System.Text.Json;
using ClvOrleans.Contracts;
using ClvOrleans.Domain;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Grains.Customers;
using ClvOrleans.Grains.Trainings;

namespace ClvOrleans.Grains.Tests.Trainings;

/// <summary>What is collected from two silos is what the journal holds, each customer once, whatever happens meanwhile.</summary>
public sealed class ShardCollectorTests(StoreCluster cluster) : IClassFixture<StoreCluster>
{
    private static readonly ImmutableArray<DateOnly> Days = [
        .. Enumerable.Range(0, 8).Select(i => new DateOnly(2026, 1, 10).AddDays(10 * i))
    ];
    private readonly StoreId _store = cluster.NewStore();

    private ShardCollector Collector => cluster.Service<ShardCollector>(0);

    [Fact]
    public async Task Every_buyer_comes_once_as_the_journal_has_them_from_both_silos()
    {
        await RecordAsync(200);
        var said = new List<int>();
        var collected = await Collector.CollectAsync(_store, Days, said.Add);

        Assert.Equal(await JournalAsync(200), Written(collected));
        Assert.Equal(200, collected.Count);
        Assert.Equal(UsualShards.Count, said.Count);
        Assert.Equal(said.Order(), said);
        Assert.Equal(200, said[^1]);
        Assert.Equal(2, (await cluster.HostsOfTrainingAsync(_store)).Distinct().Count());
    }

    [Fact]
    public async Task An_empty_store_gives_nobody()
    {
        Assert.Empty(await Collector.CollectAsync(_store, Days));
        Assert.Equal(1, cluster.History.ReadingsOf(_store, UsualShards.Count - 1));
    }

    [Fact]
    public async Task A_shard_of_more_customers_than_a_message_holds_comes_whole_and_is_read_as_it_is_asked_for()
    {
        // One shard's worth of customers, three messages and more.
        var customers = Enumerable.Range(0, 100_000).Select(i => CustomerId.OfUser(_store, $"u{i}")).Where(c => c.Shard == 7).Take(350)
            .ToArray();
        foreach (var chunk in customers.Chunk(50))
        {
            await cluster.Router().RecordAsync([.. chunk.Select(c => Sent.Order(c, $"o{c.Id}", 100))]);
        }

        var hold = cluster.History.HoldAt(_store, 7, 250);
        var seen = new List<string>();
        await using var stream = cluster.Grains.GetTrainingShard(_store, 7).CollectAsync(Days).WithBatchSize(100).GetAsyncEnumerator();
        while (seen.Count < 200 && await stream.MoveNextAsync())
        {
            seen.Add(stream.Current.Customer.Id.Id);
        }

        // Nobody asked for the third message: the reading has not gone on to it.
        Assert.False(hold.Reached.Task.IsCompleted);
        hold.Released.SetResult();
        while (await stream.MoveNextAsync())
        {
            seen.Add(stream.Current.Customer.Id.Id);
        }

        Assert.Equal(customers.Select(c => c.Id).Order(StringComparer.Ordinal), seen.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Visitors_who_buy_nothing_are_read_and_not_sent()
    {
        await RecordAsync(5);
        foreach (var chunk in Enumerable.Range(0, 60).Chunk(20))
        {
            await cluster.Router().RecordAsync([.. chunk.Select(i => Sent.Page(CustomerId.OfVisitor(_store, $"v{i}"), $"v{i}"))]);
        }

        Assert.Equal(5, (await Collector.CollectAsync(_store, Days)).Count);
    }

    [Fact]
    public async Task Cancelled_midway_it_ends_and_so_does_the_reading()
    {
        await RecordAsync(200);
        var hold = cluster.History.HoldAt(_store, 3, 2);
        using var cancelling = new CancellationTokenSource();
        var collecting = Collector.CollectAsync(_store, Days, null, cancelling.Token);
        await hold.Reached.Task.WaitAsync(TimeSpan.FromSeconds(60));
        await cancelling.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => collecting);
        await hold.Ended.Task.WaitAsync(TimeSpan.FromSeconds(60));
    }

    [Fact]
    public async Task Who_is_joined_to_another_while_the_shards_are_read_is_there_once_within_the_other()
    {
        await RecordAsync(40);
        var last = Enumerable.Range(0, 40).Select(i => CustomerId.OfUser(_store, $"c{i}")).MaxBy(c => c.Shard);
        var first = Enumerable.Range(0, 40).Select(i => CustomerId.OfUser(_store, $"c{i}")).MinBy(c => c.Shard);
        var early = VisitorIn(0);
        var late = VisitorIn(UsualShards.Count - 1);
        await cluster.Router().RecordAsync([Sent.Order(early, "early", 700, 1), Sent.Order(late, "late", 900, 2)]);

        // Shards are begun in order: at the middle one the first is read and the last is not.
        var hold = cluster.History.HoldAt(_store, CustomerId.OfUser(_store, "c20").Shard, 0);
        var collecting = cluster.Service<ShardCollector>(0).CollectAsync(_store, Days);
        await hold.Reached.Task.WaitAsync(TimeSpan.FromSeconds(60));
        await cluster.Router().RecordAsync([Sent.Identify(last, early, "early is last")]);
        await cluster.Router().RecordAsync([Sent.Identify(first, late, "late is first")]);
        hold.Released.SetResult();
        var collected = await collecting;

        Assert.Equal(await JournalAsync(40), Written(collected));
        Assert.DoesNotContain(collected, c => c.Id == early || c.Id == late);

        CustomerId VisitorIn(int shard) =>
            Enumerable.Range(0, 100_000).Select(i => CustomerId.OfVisitor(_store, $"b{i}")).First(v => v.Shard == shard);
    }

    private async Task RecordAsync(int customers)
    {
        foreach (var chunk in Enumerable.Range(0, customers).Chunk(20))
        {
            await cluster.Router().RecordAsync([.. chunk.SelectMany(EventsOf)]);
        }
    }

    private IEnumerable<RoutedEvent> EventsOf(int i)
    {
        var customer = CustomerId.OfUser(_store, $"c{i}");
        return
        [
            Sent.Order(customer, $"a{i}", 100 + i, i % 40), Sent.Page(customer, $"p{i}", 41 + (i % 20)),
            Sent.Order(customer, $"b{i}", 200 + i, 20 + (i % 60)),
            Sent.Refund(customer, $"a{i}", i % 3 == 0 ? null : 10, $"r{i}", 50 + (i % 40)),
        ];
    }

    private async Task<string[]> JournalAsync(int customers)
    {
        var snapshots = new List<AsOfSnapshots>();
        for (var i = 0; i < customers; i++)
        {
            var customer = CustomerId.OfUser(_store, $"c{i}");
            var events = (await cluster.Journal.ReadAsync(customer, 0)).Select(e => e.Event);
            snapshots.Add(CustomerTimeline.Of(customer, events, AnyStore.SettingsOf(_store)).Pack(Days)!);
        }

        return Written(snapshots);
    }

    internal static string[] Written(IEnumerable<AsOfSnapshots> customers) =>
    [
        .. customers.OrderBy(c => c.Id.Id, StringComparer.Ordinal)
            .Select(
                c =>
                    $"{c.Id}: {string.Join(' ', Days.Select(d => JsonSerializer.Serialize(c.At(d)?.Summary!, DomainJson.Default.CustomerSummary)))}"),
    ];
}
