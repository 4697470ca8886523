using ClvOrleans.Contracts;
using ClvOrleans.Grains.Jobs;
using ClvOrleans.Grains.Stores;
using ClvOrleans.Storage;
using ClvOrleans.Storage.Deliveries;
using ClvOrleans.Storage.Policies;
using ClvOrleans.Valuation.Jobs;
using Microsoft.Extensions.Options;

namespace ClvOrleans.Server.Hosting;

/// <summary>
/// Asks the grains that look after each store's jobs, models, decisions and deliveries whether there is something to do: where one has lost
/// its silo, that makes it active on a living one.
/// </summary>
internal sealed class StoreWatch(
    IGrainFactory grains, IStores stores, IStorageHealth storage, IDecisions decisions, IDeliveries deliveries,
    ISubscriptions subscriptions, Readiness readiness, IOptions<JobOptions> options, TimeProvider time, ILogger<StoreWatch> logger)
    : RepeatedService(time, logger)
{
    private DateTimeOffset? _since;

    protected override Task WaitAsync(CancellationToken cancellation)
    {
        var now = Time.GetUtcNow();
        _since = _since < now ? _since : now; // The clock may be put back.
        return Task.Delay(options.Value.Watch, Time, cancellation);
    }

    protected override async Task WorkAsync(CancellationToken cancellation)
    {
        // Where nothing can be written, all would say so.
        foreach (var store in readiness.IsReady && storage.Trouble is null ? stores.All : [])
        {
            foreach (var lane in Enum.GetValues<JobLane>())
            {
                await grains.GetJobs(store.Id, lane).WatchAsync();
            }

            await grains.GetOutcomes(store.Id).WatchAsync();
            await grains.GetRetraining(store.Id).WatchAsync(_since!.Value);
            foreach (var shard in await decisions.FindDueShardsAsync(store.Id, Time.GetUtcNow(), cancellation))
            {
                await grains.GetDecisions(store.Id, shard).WatchAsync();
            }

            // Subscriptions are told of what every shard has noticed.
            var shards = (await subscriptions.ListAsync(store.Id, cancellation)).Count > 0
                ? store.Shards.All
                : await deliveries.FindDueShardsAsync(store.Id, Time.GetUtcNow(), cancellation);
            foreach (var shard in shards)
            {
                await grains.GetDeliveries(store.Id, shard).WatchAsync();
            }
        }
    }
}
