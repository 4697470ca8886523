using ClvOrleans.Domain.Stores;
using ClvOrleans.Grains.Jobs;
using ClvOrleans.Server.Stores;
using ClvOrleans.Storage;
using ClvOrleans.Storage.Jobs;
using ClvOrleans.Valuation.Jobs;
using Orleans.Runtime;

namespace ClvOrleans.Server.Imports;

/// <summary>The jobs that import uploaded files, whichever silo runs them.</summary>
internal sealed class ImportJobs(StoreJobs jobs, IJobRecords records, OneStore store)
{
    private StoreId Store => store.Settings.Id;

    /// <summary>Begins the job of a file, or has it wait for those before it.</summary>
    public async Task<JobRecord> BeginAsync(ImportJob import, string? name) =>
        (await jobs.BeginAsync(Store, JobKind.Import, name ?? "", import, waits: true)).Job;

    /// <summary>Waits until it has ended.</summary>
    public Task<JobRecord> WaitAsync(JobRecord job, CancellationToken cancellation) => jobs.WaitAsync(Store, job, cancellation);

    /// <summary>How far a job is; null while nobody can tell.</summary>
    public async Task<ImportProgress?> FindProgressAsync(JobRecord job)
    {
        try
        {
            return await jobs.FindAsync(Store, job.Id) is { } now ? ProgressOf(now) : null;
        }
        catch (Exception e) when (e is OrleansException or TimeoutException or StorageUnavailableException)
        {
            return null; // Its silo has ended, and the next one will tell.
        }
    }

    /// <summary>Those that wait or run, the earliest first, and how far they are.</summary>
    public async Task<IReadOnlyList<(string Name, ImportProgress Progress)>> ListAsync(CancellationToken cancellation)
    {
        var open = await records.OpenAsync(Store, JobLane.Imports, cancellation);
        var live = await Task.WhenAll(open.Select(j => jobs.FindAsync(Store, j.Id, cancellation)));
        return [.. live.OfType<JobRecord>().Where(j => j.IsOpen).Select(j => (j.Subject.Length > 0 ? j.Subject : j.Id, ProgressOf(j)))];
    }

    private static ImportProgress ProgressOf(JobRecord job) => JobJson.Read<ImportJob>(job.Request!.Value).ProgressOf(job);
}
