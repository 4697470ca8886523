using ClvOrleans.Contracts;
using ClvOrleans.Grains.Jobs;
using ClvOrleans.Grains.Stores;
using ClvOrleans.Storage;
using ClvOrleans.Valuation.Jobs;
using Microsoft.Extensions.Options;

namespace ClvOrleans.Server.Hosting;

/// <summary>
/// Asks the grains that look after each store's jobs and models whether there is something to do: where one has lost its silo, that makes
/// it active on a living one.
/// </summary>
internal sealed class StoreWatch(
    IGrainFactory grains, IStores stores, IStorageHealth storage, Readiness readiness, IOptions<JobOptions> options, TimeProvider time,
    ILogger<StoreWatch> logger)
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

            await grains.GetRetraining(store.Id).WatchAsync(_since!.Value);
        }
    }
}
