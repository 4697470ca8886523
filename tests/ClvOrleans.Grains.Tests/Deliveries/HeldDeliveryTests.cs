using System.Collections.Immutable;
using ClvOrleans.Contracts;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Events;
using ClvOrleans.Domain.Policies;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Grains.Customers;
using ClvOrleans.Grains.Deliveries;
using ClvOrleans.Policies;
using ClvOrleans.Policies.Deliveries;
using ClvOrleans.Storage.Deliveries;
using ClvOrleans.Storage.Policies;

namespace ClvOrleans.Grains.Tests.Deliveries;

/// <summary>Kill switch, pause and stop hold for what waits as soon as they are acknowledged, on every silo.</summary>
public sealed class HeldDeliveryTests : IAsyncLifetime
{
    private static readonly PolicyId Id = new("win-back");
    private readonly DeliveryCluster _cluster = new();
    private readonly StoreId _store = new("held");

    private IPolicies Policies => _cluster.Service<IPolicies>(0);

    public async ValueTask InitializeAsync()
    {
        await _cluster.InitializeAsync();
        var now = _cluster.Time.GetUtcNow();
        await Policies.TryPutAsync(
            _store, new PolicyRecord { Id = Id, Definition = "{}", At = now, Mode = PolicyMode.Live, ModeSince = now }, 0);
    }

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Theory]
    [InlineData("kill")]
    [InlineData("Paused")]
    [InlineData("Shadow")]
    public async Task What_waits_is_held_and_sent_once_it_is_resumed(string command)
    {
        var delivery = Assert.Single(await AddAsync(1));
        await CommandAsync(command);
        await WatchEverythingAsync();
        Assert.Equal((DeliveryState.Waiting, 0), await StateOf(delivery));
        Assert.Empty(_cluster.Mailbox.Arrived);

        await CommandAsync("resume");
        await CommandAsync("Live");
        await _cluster.SettleAsync(_store);
        Assert.Equal((DeliveryState.Sent, 1), await StateOf(delivery));
    }

    [Theory]
    [InlineData("Stopped")]
    [InlineData("remove")]
    public async Task What_waits_for_a_stopped_policy_is_cancelled_also_what_is_not_due_yet(string command)
    {
        var delivery = Assert.Single(await AddAsync(1));
        var later = _cluster.New(delivery.Customer, "later") with { Policy = Id, NextAt = _cluster.Time.GetUtcNow().AddDays(1) };
        await _cluster.AddAsync(later);
        await CommandAsync(command);
        await CommandAsync("kill");
        await _cluster.SettleAsync(_store);
        Assert.Equal((DeliveryState.Cancelled, 0), await StateOf(delivery));
        Assert.Equal((DeliveryState.Cancelled, 0), await StateOf(later));
        Assert.Equal(DeliveryReasons.Stopped, (await _cluster.FindAsync(later)).Reason);
        Assert.Empty(_cluster.Mailbox.Arrived);
    }

    // A barrier: of those on their way none has been answered when the command is given, so that all others come after it.
    [Theory]
    [InlineData("kill", DeliveryState.Waiting)]
    [InlineData("Paused", DeliveryState.Waiting)]
    [InlineData("Stopped", DeliveryState.Cancelled)]
    public async Task Nothing_is_handed_over_on_any_silo_once_the_command_is_acknowledged(string command, DeliveryState others)
    {
        const int Count = 2_000;
        var all = await AddAsync(Count);
        var (some, gate) = (new TaskCompletionSource(), new TaskCompletionSource());
        _cluster.Mailbox.Answer = async _ =>
        {
            if (_cluster.Mailbox.Arrived.Count >= 50)
            {
                some.TrySetResult();
            }

            await gate.Task;
            return null;
        };
        var rounds = Task.WhenAll(Enumerable.Range(0, 4).Select(_ => _cluster.WatchAllAsync(_store)));
        await some.Task;
        await CommandAsync(command);
        var handed = (await StatesAsync(all)).Count(s => s == DeliveryState.Handed);
        gate.SetResult();
        await rounds;
        await WatchEverythingAsync();
        await EverySilosRunEndsAsync(all);

        var states = await StatesAsync(all);
        Assert.Equal((handed, Count - handed), (states.Count(s => s == DeliveryState.Sent), states.Count(s => s == others)));
        Assert.Equal(handed, _cluster.Mailbox.Arrived.Count);
        Assert.InRange(handed, 50, UsualShards.Count * new DeliveryOptions().AtOnce);

        await CommandAsync("resume");
        await CommandAsync("Live");
        await _cluster.SettleAsync(_store);
        Assert.Equal(others == DeliveryState.Waiting ? Count : handed, _cluster.Mailbox.Arrived.Count);
        Assert.All(_cluster.Mailbox.Arrived, a => Assert.Equal(1, a.Value));
    }

    [Fact]
    public async Task What_was_on_its_way_at_a_lost_silo_is_held_too_and_repeated_on_resume()
    {
        var delivery = Assert.Single(await AddAsync(1));
        var lost = await _cluster.Deliveries.TakeAsync(_store, delivery.Customer.Shard);
        await _cluster.Deliveries.TryPutAsync(
            _store, delivery.Customer.Shard, lost, [delivery with { State = DeliveryState.Handed, Attempts = 1 }]);
        await CommandAsync("kill");
        await WatchEverythingAsync();
        Assert.Empty(_cluster.Mailbox.Arrived);
        await CommandAsync("resume");
        await _cluster.SettleAsync(_store);
        Assert.Equal((DeliveryState.Sent, 2), await StateOf(delivery));
    }

    // 12:00 in UTC is 22:00 in Sydney: quiet from 21 to 8, which is 22:00 in UTC.
    [Theory]
    [InlineData(false, DeliveryState.Waiting, null)]
    [InlineData(true, DeliveryState.Cancelled, "quiet_hours")]
    public async Task What_is_resumed_in_quiet_hours_waits_for_their_end(bool drops, DeliveryState state, string? reason)
    {
        var customer = CustomerId.OfUser(_store, "sydney");
        await _cluster.ConsentAsync(customer, true);
        await _cluster.RecordAsync(new RoutedEvent(customer, Sent.Event("zone", EventKind.Identified, 0) with
        {
            Traits = ImmutableSortedDictionary<string, string>.Empty.Add("timezone", "Australia/Sydney"),
        }));
        var delivery = _cluster.New(customer) with { Policy = Id, Quiet = new QuietHours(new TimeOnly(21, 0), new TimeOnly(8, 0), drops) };
        await _cluster.AddAsync(delivery);
        await _cluster.SettleAsync(_store);
        var kept = await _cluster.FindAsync(delivery);
        Assert.Equal((state, reason, 0), (kept.State, kept.Reason, kept.Attempts));
        if (!drops)
        {
            Assert.Equal(_cluster.Time.GetUtcNow().AddHours(10), kept.NextAt);
            _cluster.Time.Advance(TimeSpan.FromHours(10));
            await _cluster.SettleAsync(_store);
            Assert.Equal((DeliveryState.Sent, 1), await StateOf(delivery));
        }
    }

    // As the endpoints do.
    private async Task CommandAsync(string command)
    {
        var book = await Policies.ReadAsync(_store);
        if (command is "kill" or "resume")
        {
            Assert.True(await Policies.TryPutTermsAsync(_store, book.Terms with { IsStopped = command == "kill" }));
        }
        else if (command == "remove")
        {
            Assert.True(await Policies.TryPutAsync(_store, book.All[0] with { IsRemoved = true }, book.Revision));
        }
        else
        {
            await Policies.SetModeAsync(_store, Id, Enum.Parse<PolicyMode>(command), _cluster.Time.GetUtcNow());
        }
    }

    private async Task<Delivery[]> AddAsync(int count)
    {
        var customers = Enumerable.Range(0, count).Select(i => CustomerId.OfUser(_store, $"c{i}")).ToArray();
        await _cluster.RecordAsync([.. customers.Select(c => _cluster.ConsentOf(c, true))]);
        Delivery[] all = [.. customers.Select(c => _cluster.New(c) with { Policy = Id })];
        await _cluster.AddAsync(all);
        return all;
    }

    // Every shard on both silos, due or not.
    private Task WatchEverythingAsync() =>
        Task.WhenAll(Enumerable.Range(0, UsualShards.Count).SelectMany(shard => Enumerable.Range(0, 2).Select(
            silo => _cluster.Service<IGrainFactory>(silo).GetDeliveries(_store, shard).WatchAsync())));

    // Until nothing is on its way, and what a stop leaves is cancelled.
    private async Task EverySilosRunEndsAsync(Delivery[] all)
    {
        while ((await StatesAsync(all)).Contains(DeliveryState.Handed))
        {
            await WatchEverythingAsync();
        }

        await _cluster.SettleAsync(_store);
    }

    private async Task<DeliveryState[]> StatesAsync(Delivery[] all)
    {
        var kept = await _cluster.Deliveries.ListAsync(new DeliveryQuery(_store), long.MaxValue, all.Length);
        return [.. kept.Select(d => d.Delivery.State)];
    }

    private async Task<(DeliveryState, int)> StateOf(Delivery delivery) =>
        ((await _cluster.FindAsync(delivery)).State, (await _cluster.FindAsync(delivery)).Attempts);
}
