using System.Text.Json;
using ClvOrleans.Contracts;
using ClvOrleans.Contracts.Deliveries;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Events;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Grains.Customers;
using ClvOrleans.Grains.Deliveries;
using ClvOrleans.Policies;
using ClvOrleans.Policies.Deliveries;
using ClvOrleans.Storage.Deliveries;
using ClvOrleans.Storage.Sql;
using Microsoft.Extensions.DependencyInjection;

namespace ClvOrleans.Grains.Tests.Deliveries;

/// <summary>Two silos that deliver into one <see cref="Mailbox"/>.</summary>
public class DeliveryCluster : StoreCluster
{
    private int _messages;

    public Mailbox Mailbox { get; } = new();

    /// <summary>The port as the silos see it, without faults.</summary>
    public IDeliveries Deliveries => new SqlDeliveries(Service<ISqlDatabase>(0));

    /// <summary>Adds deliveries that are due now.</summary>
    public Task AddAsync(params Delivery[] deliveries) => Deliveries.AddAsync(deliveries[0].Customer.Store, deliveries);

    public Delivery New(CustomerId customer, string name = "d", ActionChannel channel = ActionChannel.Webhook) => new()
    {
        Id = DeliveryId.Of(customer.ToString(), name),
        Decision = new DecisionId(DeliveryId.Of(customer.ToString(), name).Value),
        Customer = customer,
        Channel = channel,
        Topic = "win-back",
        Payload = JsonDocument.Parse("{}").RootElement,
        CreatedAt = Time.GetUtcNow(),
        DueAt = Time.GetUtcNow(),
        NextAt = Time.GetUtcNow(),
    };

    /// <summary>Records a consent, as of now.</summary>
    public Task ConsentAsync(CustomerId customer, bool isGranted, string purpose = Consents.Marketing) =>
        RecordAsync(ConsentOf(customer, isGranted, purpose));

    public RoutedEvent ConsentOf(CustomerId customer, bool isGranted, string purpose = Consents.Marketing) =>
        new(customer, new CustomerEvent
        {
            MessageId = $"consent-{Interlocked.Increment(ref _messages)}",
            Source = "web",
            Kind = EventKind.ConsentChanged,
            At = Time.GetUtcNow(),
            Consents = System.Collections.Immutable.ImmutableSortedDictionary<string, bool>.Empty.Add(purpose, isGranted),
        });

    public async Task RecordAsync(params RoutedEvent[] events) =>
        Assert.All(await Router().RecordAsync(events), o => Assert.Equal(OutcomeKind.Recorded, o.Kind));

    /// <summary>Has both silos look after a store until nothing of it is due, the clock standing still.</summary>
    public async Task SettleAsync(StoreId store)
    {
        while (await Deliveries.FindDueShardsAsync(store, Time.GetUtcNow()) is { Count: > 0 } shards)
        {
            await Task.WhenAll(
                shards.SelectMany(shard => Enumerable.Range(0, Silos.Count).Select(silo => SettleAsync(silo, store, shard))));
        }
    }

    /// <summary>The same, and lets time pass until nothing is open.</summary>
    public async Task FinishAsync(StoreId store)
    {
        while ((await Deliveries.CountAsync(store)).Any(c => c.State is DeliveryState.Waiting or DeliveryState.Handed))
        {
            await SettleAsync(store);
            Time.Advance(TimeSpan.FromMinutes(1));
        }
    }

    /// <summary>Has both silos look after a store until a condition holds.</summary>
    public async Task SettleSomeAsync(StoreId store, Func<bool> condition)
    {
        while (!condition())
        {
            await WatchAllAsync(store);
        }
    }

    /// <summary>Has both silos look after all that is due, and ends when each shard has done so once.</summary>
    public async Task WatchAllAsync(StoreId store)
    {
        foreach (var shard in await Deliveries.FindDueShardsAsync(store, Time.GetUtcNow()))
        {
            await Task.WhenAll(Enumerable.Range(0, Silos.Count).Select(silo => WatchAsync(silo, store, shard)));
        }
    }

    public async Task<Delivery> FindAsync(Delivery delivery) => (await Deliveries.FindAsync(delivery.Customer.Store, delivery.Id))!;

    protected override void Configure(IServiceCollection services)
    {
        services.AddSingleton<IDeliveries>(s => Faults.Wrap<IDeliveries>(
                new SqlDeliveries(s.GetRequiredService<ISqlDatabase>())))
            .AddSingleton(Mailbox.ChannelOf(ActionChannel.Webhook))
            .AddSingleton(Mailbox.ChannelOf(ActionChannel.Email))
            .Configure<DeliveryOptions>(o => (o.MostAttempts, o.EmailsPerMinute, o.WebhooksPerMinute) = (4, 10, 1_000_000));
    }

    private Task WatchAsync(int silo, StoreId store, int shard) => AskAsync(silo, store, shard, d => d.WatchAsync());

    // A run that a test holds up is left alone.
    private Task SettleAsync(int silo, StoreId store, int shard) =>
        AskAsync(silo, store, shard, d => d.SettleAsync().WaitAsync(LongestRun));

    // A silo that has just ended answers nobody.
    private async Task AskAsync(int silo, StoreId store, int shard, Func<IDeliveryGrain, Task> ask)
    {
        try
        {
            await ask(Service<IGrainFactory>(silo).GetDeliveries(store, shard));
        }
        catch (Exception)
        {
            // The next round asks again.
        }
    }
}
