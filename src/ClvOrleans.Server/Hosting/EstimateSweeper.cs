using ClvOrleans.Contracts;
using ClvOrleans.Model.Customers;
using Microsoft.Extensions.Options;

namespace ClvOrleans.Server.Hosting;

/// <summary>
/// Renews late estimates in the background, one shard after the other and one page at a time, so that reads seldom meet them: after
/// local midnight, a new champion, a changed market calendar.
/// </summary>
internal sealed partial class EstimateSweeper(
    IGrainFactory grains, OneStore store, IOptions<SweepOptions> options, TimeProvider time, ILogger<EstimateSweeper> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.Interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await SweepAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The service stops.
        }
    }

    private async Task SweepAsync(CancellationToken cancellation)
    {
        for (var shard = 0; shard < CustomerId.Shards; shard++)
        {
            try
            {
                while (!await grains.GetShard(store.Settings.Id, shard).RenewAsync())
                {
                    cancellation.ThrowIfCancellationRequested();
                }
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                // Its estimates stay late, and reports say so, until the next round.
                LogNotRenewed(e, shard);
            }

            cancellation.ThrowIfCancellationRequested();
        }
    }

    [LoggerMessage(LogLevel.Warning, "Shard {Shard} was not swept.")]
    private partial void LogNotRenewed(Exception error, int shard);
}
