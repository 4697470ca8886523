using System.Collections.Frozen;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Grains.Customers;
using ClvOrleans.Grains.Stores;
using ClvOrleans.Grains.Telemetry;
using ClvOrleans.Policies;
using ClvOrleans.Storage.Deliveries;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ClvOrleans.Grains.Deliveries;

/// <summary>What the runs of all shards on a silo share.</summary>
internal sealed class DeliveryRuns(
    IGrainFactory grains, IDeliveries deliveries, SubscriptionFollower follower, IEnumerable<IDeliveryChannel> channels, EventRouter router,
    IStores stores, IOptions<DeliveryOptions> options, TimeProvider time, ClvTelemetry telemetry, IHostApplicationLifetime lifetime,
    ILogger<DeliveryRun> logger)
{
    private readonly FrozenDictionary<ActionChannel, IDeliveryChannel> _channels = channels.ToFrozenDictionary(c => c.Channel);

    public IGrainFactory Grains => grains;

    public IDeliveries Deliveries => deliveries;

    public SubscriptionFollower Follower => follower;

    public EventRouter Router => router;

    public IStores Stores => stores;

    public DeliveryOptions Options => options.Value;

    public TimeProvider Time => time;

    public ClvTelemetry Telemetry => telemetry;

    public ILogger<DeliveryRun> Logger => logger;

    public CancellationToken Stopping => lifetime.ApplicationStopping;

    public IDeliveryChannel? Find(ActionChannel channel) => _channels.GetValueOrDefault(channel);

    public DeliveryRun Begin(StoreId store, int shard) => new(this, store, shard);
}
