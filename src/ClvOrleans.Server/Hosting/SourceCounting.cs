using ClvOrleans.Grains.Stores;
using ClvOrleans.Server.Sources;
using ClvOrleans.Server.Stores;
using ClvOrleans.Storage;

namespace ClvOrleans.Server.Hosting;

/// <summary>
/// Brings the counts of sources to the store every few seconds, and once more at the end. Where the store has no time or room, later.
/// </summary>
internal sealed class SourceCounting(IStores stores, StoreScopes services, TimeProvider time, ILogger<SourceCounting> logger)
    : RepeatedService(time, logger)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await WorkAsync(cancellationToken);
    }

    protected override Task WaitAsync(CancellationToken cancellation) => Task.Delay(Interval, Time, cancellation);

    protected override async Task WorkAsync(CancellationToken cancellation)
    {
        try
        {
            foreach (var store in stores.All)
            {
                await services.Get<SourceLedger>(store.Id).FlushAsync(cancellation);
            }
        }
        catch (Exception e) when (e is StorageUnavailableException or JournalFullException)
        {
            // Told by StorageWatch, and kept by the ledgers.
        }
    }
}
