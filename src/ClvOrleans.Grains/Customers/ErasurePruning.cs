using ClvOrleans.Domain.Stores;
using ClvOrleans.Grains.Jobs;
using ClvOrleans.Grains.Privacy;
using ClvOrleans.Grains.Stores;
using ClvOrleans.Storage.Privacy;
using ClvOrleans.Valuation.Jobs;

namespace ClvOrleans.Grains.Customers;

/// <summary>
/// Removes what requests to erase left behind: notices that have ended since, and what was not overwritten on the disk because the service
/// ended or somebody was reading.
/// </summary>
internal sealed class ErasurePruning(IErasures erasures, StoreJobs jobs) : IPruning
{
    private const int MostLooked = 100;
    private static readonly TimeSpan Lately = TimeSpan.FromDays(2);
    private static readonly TimeSpan Settled = TimeSpan.FromMinutes(1);

    public async Task PruneAsync(StoreId store, DateTimeOffset now)
    {
        if (await erasures.FindKeyAsync() is null)
        {
            return;
        }

        await erasures.ClearAsync(store, now - Settled);
        if ((await jobs.ListAsync(store, MostLooked)).Any(j => j.Kind == JobKind.Erasure && j.EndedAt > now - Lately))
        {
            await erasures.CompactAsync();
        }
    }
}
