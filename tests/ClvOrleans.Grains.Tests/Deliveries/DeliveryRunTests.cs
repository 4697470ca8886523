using System.Collections.Concurrent;
using ClvOrleans.Contracts;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Grains.Deliveries;
using ClvOrleans.Policies;
using ClvOrleans.Policies.Deliveries;
using ClvOrleans.Testing;

namespace ClvOrleans.Grains.Tests.Deliveries;

/// <summary>Each delivery reaches its end once, whatever fails and whoever ends in between.</summary>
public sealed class DeliveryRunTests : IAsyncLifetime
{
    private readonly DeliveryCluster _cluster = new();
    private readonly StoreId _store = new("runs");

    public ValueTask InitializeAsync() => _cluster.InitializeAsync();

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    // listmonk #3022, #2313, #2070. One in ten has not consented, one in a hundred is refused for good. Calls of the storage fail before
    // and after their work, attempts fail before and after they arrive, and a silo is killed in the middle.
    [Fact]
    public async Task Ten_thousand_recipients_and_none_is_missing_whatever_fails_on_the_way()
    {
        const int Recipients = 10_000;
        var all = await AddAsync(Recipients, isWithConsent: i => i % 10 != 0);
        var (refused, inFlight) =
            (all.Where((_, i) => i % 100 == 1).Select(d => d.Id).ToHashSet(), new ConcurrentDictionary<DeliveryId, bool>());
        var (random, attempts) = (new Random(7), 0);
        var isHalfway = new TaskCompletionSource();
        _cluster.Mailbox.Answer = d =>
        {
            double draw;
            lock (random)
            {
                draw = random.NextDouble();
            }

            if (Interlocked.Increment(ref attempts) == Recipients / 2)
            {
                isHalfway.SetResult();
            }

            inFlight[d.Id] = inFlight.ContainsKey(d.Id) || draw < .02; // Those whose sender cannot know that they arrived.
            return refused.Contains(d.Id) ? Task.FromResult<SendResult?>(SendResult.Failed("no"))
                : draw < .02 ? throw new IOException("The connection broke after the last byte.")
                : Task.FromResult<SendResult?>(null);
        };
        _cluster.Faults.Randomly(
            11, .002, null, "IDeliveries.TryPutAsync", "IDeliveries.HandOverAsync", "IDeliveries.ReadDueAsync",
            "IDeliveries.TakeAsync", "IDeliveries.ReadHandedAsync");

        var finished = _cluster.FinishAsync(_store);
        await isHalfway.Task;
        var before = _cluster.Mailbox.Arrived.Keys.ToHashSet();
        await _cluster.Cluster.KillSiloAsync(_cluster.Silos[1]);
        await finished;
        _cluster.Faults.Stop();

        var counts = await _cluster.Deliveries.CountAsync(_store);
        Assert.Equal(
            [(DeliveryState.Sent, 8_900L), (DeliveryState.Dead, 100L), (DeliveryState.Cancelled, 1_000L)],
            counts.Select(c => (c.State, c.Count)));
        foreach (var delivery in all)
        {
            var ended = await _cluster.FindAsync(delivery);
            Assert.Equal(ended.State != DeliveryState.Cancelled, _cluster.Mailbox.Arrived.ContainsKey(delivery.Id));
        }

        // Repeats are of those whose end was not known: broken connections, failed calls of the storage, and what was under way at the
        // kill, at most eight of each shard for each time that a writer lost it.
        var repeats = _cluster.Mailbox.Arrived.Where(a => a.Value > 1 && !inFlight[a.Key]).Select(a => a.Key).ToList();
        Assert.InRange(repeats.Count, 0, (_cluster.Faults.Injected + UsualShards.Count) * 8);
        Assert.NotEmpty(before);
        Assert.True(_cluster.Faults.Injected > 20);
    }

    // mautic #3669.
    [Fact]
    public async Task Watches_of_both_silos_at_once_send_once()
    {
        var all = await AddAsync(500);
        for (var round = 0; round < 20; round++)
        {
            await Task.WhenAll(Enumerable.Range(0, UsualShards.Count).SelectMany(shard => Enumerable.Range(0, 2).Select(
                silo => _cluster.Service<IGrainFactory>(silo).GetDeliveries(_store, shard).WatchAsync())));
        }

        await _cluster.SettleAsync(_store);
        Assert.Equal(all.Select(d => (d.Id, 1)).Order(Comparer), _cluster.Mailbox.Arrived.Select(a => (a.Key, a.Value)).Order(Comparer));
    }

    // mautic #7226.
    [Fact]
    public async Task One_poisoned_recipient_changes_nobody_elses_state_and_is_dead_after_the_last_attempt()
    {
        var all = await AddAsync(300);
        var poisoned = all[17];
        _cluster.Mailbox.Answer = d =>
            d.Id == poisoned.Id ? throw new InvalidOperationException("poison") : Task.FromResult<SendResult?>(null);
        await _cluster.FinishAsync(_store);
        Assert.All(_cluster.Mailbox.Arrived.Where(a => a.Key != poisoned.Id), a => Assert.Equal(1, a.Value));
        var dead = await _cluster.FindAsync(poisoned);
        Assert.Equal((DeliveryState.Dead, "poison", 4, 4), (dead.State, dead.Reason, dead.Attempts, _cluster.Mailbox.Arrived[poisoned.Id]));

        _cluster.Mailbox.Answer = _ => Task.FromResult<SendResult?>(null);
        Assert.True(await _cluster.Deliveries.ReviveAsync(_store, poisoned.Id, _cluster.Time.GetUtcNow()));
        await _cluster.SettleAsync(_store);
        Assert.Equal((DeliveryState.Sent, 1), await StateOf(poisoned));
    }

    // The walk through each call: fetched, taken, handed over, kept as sent.
    [Theory]
    [InlineData("IDeliveries.TakeAsync", 1, FaultKind.Fail, 1)]
    [InlineData("IDeliveries.TakeAsync", 1, FaultKind.FailAfter, 1)]
    [InlineData("IDeliveries.ReadDueAsync", 1, FaultKind.Fail, 1)]
    [InlineData("IDeliveries.HandOverAsync", 1, FaultKind.Fail, 1)]
    [InlineData("IDeliveries.HandOverAsync", 1, FaultKind.FailAfter, 1)]
    [InlineData("IDeliveries.TryPutAsync", 1, FaultKind.Fail, 2)]
    [InlineData("IDeliveries.TryPutAsync", 1, FaultKind.FailAfter, 1)]
    public async Task A_failure_at_any_call_costs_at_most_a_repetition_under_the_same_id(
        string call, int number, FaultKind kind, int arrivals)
    {
        var delivery = Assert.Single(await AddAsync(1));
        _cluster.Faults.Next(call, number, new Fault(kind));
        await _cluster.FinishAsync(_store);
        Assert.Equal(1, _cluster.Faults.Injected);
        Assert.Equal(DeliveryState.Sent, (await _cluster.FindAsync(delivery)).State);
        Assert.Equal(arrivals, _cluster.Mailbox.Arrived[delivery.Id]);
    }

    [Fact]
    public async Task What_was_on_its_way_when_its_sender_was_lost_may_have_arrived_also_where_it_is_stopped_then()
    {
        var delivery = Assert.Single(await AddAsync(1));
        var (shard, now) = (delivery.Customer.Shard, _cluster.Time.GetUtcNow());
        var lost = await _cluster.Deliveries.TakeAsync(_store, shard);
        await _cluster.Deliveries.TryPutAsync(
            _store, shard, lost, [delivery with { State = DeliveryState.Handed, Attempts = 1, HandedAt = now }]);
        await _cluster.ConsentAsync(delivery.Customer, false);
        await _cluster.FinishAsync(_store);
        var ended = await _cluster.FindAsync(delivery);
        Assert.Equal((DeliveryReasons.Consent, true, false), (ended.Reason, ended.MayHaveArrived, ended.HasSurelyFailed));
    }

    [Fact]
    public async Task Waits_double_with_jitter_and_are_no_shorter_than_the_other_side_asks()
    {
        var delivery = Assert.Single(await AddAsync(1));
        var asked = _cluster.Time.GetUtcNow().AddMinutes(30);
        _cluster.Mailbox.Answer = _ => Task.FromResult<SendResult?>(SendResult.Again("busy", notBefore: asked));
        await _cluster.SettleAsync(_store);
        Assert.Equal((asked, "busy"), ((await _cluster.FindAsync(delivery)).NextAt, (await _cluster.FindAsync(delivery)).Reason));
    }

    [Fact]
    public async Task A_channel_sends_no_more_within_any_minute_than_it_may_also_after_its_grain_was_lost()
    {
        await AddAsync(25, ActionChannel.Email);
        await _cluster.SettleSomeAsync(_store, () => _cluster.Mailbox.Arrived.Count == 10);
        _cluster.Time.Advance(TimeSpan.FromSeconds(59));
        await _cluster.Cluster.DeactivateAsync((IAddressable)_cluster.Grains.GetSendRate(_store, ActionChannel.Email));
        await _cluster.WatchAllAsync(_store);
        Assert.Equal(10, _cluster.Mailbox.Arrived.Count);
        _cluster.Time.Advance(TimeSpan.FromSeconds(1));
        await _cluster.SettleSomeAsync(_store, () => _cluster.Mailbox.Arrived.Count == 20);
        _cluster.Time.Advance(TimeSpan.FromMinutes(1));
        await _cluster.SettleSomeAsync(_store, () => _cluster.Mailbox.Arrived.Count == 25);
    }

    private static Comparer<(DeliveryId Id, int Count)> Comparer { get; } =
        Comparer<(DeliveryId Id, int Count)>.Create((a, b) => string.CompareOrdinal(a.Id.Value, b.Id.Value));

    private async Task<(DeliveryState, int)> StateOf(Delivery delivery) =>
        ((await _cluster.FindAsync(delivery)).State, (await _cluster.FindAsync(delivery)).Attempts);

    private async Task<Delivery[]> AddAsync(int count, ActionChannel channel = ActionChannel.Webhook, Func<int, bool>? isWithConsent = null)
    {
        var customers = Enumerable.Range(0, count).Select(i => CustomerId.OfUser(_store, $"c{i}@b.example")).ToArray();
        await _cluster.RecordAsync([.. customers.Select((c, i) => _cluster.ConsentOf(c, isWithConsent?.Invoke(i) ?? true))]);
        Delivery[] all = [.. customers.Select(c => _cluster.New(c, channel: channel))];
        await _cluster.AddAsync(all);
        return all;
    }
}
