using ClvOrleans.Contracts;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Grains.Stores;
using ClvOrleans.Storage;
using Microsoft.Extensions.Options;

namespace ClvOrleans.Server.Hosting;

/// <summary>
/// Refreshes stale estimates in the background, one shard after the other and one page at a time, so that reads seldom meet them: after
/// local midnight, a new champion, a changed market calendar.
/// </summary>
internal sealed partial class EstimateRefresher(
    IGrainFactory grains, IStores stores, IOptions<RefreshOptions> options, IStorageHealth storage, TimeProvider time,
    ILogger<EstimateRefresher> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.Interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                // Where nothing can be written, all shards would say so.
                foreach (var store in storage.Trouble is null ? stores.All : [])
                {
                    await RefreshAsync(store.Id, stoppingToken);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The service stops.
        }
    }

    private async Task RefreshAsync(StoreId store, CancellationToken cancellation)
    {
        for (var shard = 0; shard < CustomerId.Shards; shard++)
        {
            try
            {
                while (!await grains.GetShard(store, shard).RefreshAsync())
                {
                    cancellation.ThrowIfCancellationRequested();
                }
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                // Its estimates stay late, and reports say so, until the next round.
                LogNotRefreshed(e, shard, store);
            }

            cancellation.ThrowIfCancellationRequested();
        }
    }

    [LoggerMessage(4004, LogLevel.Warning, "Shard {Shard} of store {Store} was not swept.")]
    private partial void LogNotRefreshed(Exception error, int shard, StoreId store);
}
