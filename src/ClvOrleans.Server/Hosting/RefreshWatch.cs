using ClvOrleans.Contracts;
using ClvOrleans.Grains.Stores;
using ClvOrleans.Storage;
using Microsoft.Extensions.Options;

namespace ClvOrleans.Server.Hosting;

/// <summary>Asks the grain of each store that has late estimates renewed to look for some.</summary>
internal sealed class RefreshWatch(
    IGrainFactory grains, IStores stores, IStorageHealth storage, Readiness readiness, IOptions<RefreshOptions> options, TimeProvider time,
    ILogger<RefreshWatch> logger)
    : RepeatedService(time, logger)
{
    protected override Task WaitAsync(CancellationToken cancellation) => Task.Delay(options.Value.Interval, Time, cancellation);

    protected override async Task WorkAsync(CancellationToken cancellation)
    {
        // Where nothing can be written, all shards would say so.
        foreach (var store in readiness.IsReady && storage.Trouble is null ? stores.All : [])
        {
            await grains.GetRefresh(store.Id).WatchAsync();
        }
    }
}
