using ClvOrleans.Domain.Stores;
using ClvOrleans.Grains.Jobs;
using ClvOrleans.Grains.Stores;
using ClvOrleans.Server.Imports;
using ClvOrleans.Storage;
using ClvOrleans.Storage.ImportFiles;
using ClvOrleans.Storage.Jobs;
using ClvOrleans.Valuation.Jobs;

namespace ClvOrleans.Server.Hosting;

/// <summary>
/// Deletes what was left of imports a day ago: uploads that broke off with the service, and refused lines that nobody fetched.
/// </summary>
internal sealed class ImportCleaning(
    IImportFiles files, IJobRecords records, IStorageHealth storage, IStores stores, TimeProvider time, ILogger<ImportCleaning> logger)
    : RepeatedService(time, logger)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan Kept = TimeSpan.FromDays(1);
    private bool _hasWaited;

    protected override Task WaitAsync(CancellationToken cancellation)
    {
        var wait = _hasWaited ? Interval : TimeSpan.Zero;
        _hasWaited = true;
        return Task.Delay(wait, Time, cancellation);
    }

    protected override async Task WorkAsync(CancellationToken cancellation)
    {
        if (storage.Trouble is not null)
        {
            return; // Told by StorageWatch.
        }

        foreach (var store in stores.All)
        {
            await CleanAsync(store.Id, cancellation);
        }
    }

    private async Task CleanAsync(StoreId store, CancellationToken cancellation)
    {
        var left = await files.ListAsync(store, Time.GetUtcNow() - Kept, cancellation);
        var open = left.Count == 0 ? [] : await records.OpenAsync(store, JobLane.Imports, cancellation);
        foreach (var file in left.Except(open.Select(j => JobJson.Read<ImportJob>(j.Request!.Value).File), StringComparer.Ordinal))
        {
            await files.DeleteAsync(store, file, cancellation);
        }
    }
}
