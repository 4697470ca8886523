using ClvOrleans.Contracts;
using ClvOrleans.Contracts.Jobs;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Storage.Jobs;
using ClvOrleans.Valuation.Jobs;
using Orleans.Runtime;

namespace ClvOrleans.Grains.Jobs;

/// <summary>The jobs of stores, whichever silo runs them.</summary>
public sealed class StoreJobs(IGrainFactory grains, IJobRecords records)
{
    private const int MostAttempts = 5;

    /// <summary>Begins a job of this kind, or has it wait; or tells which one is in its way.</summary>
    /// <param name="store">The store.</param>
    /// <param name="kind">What it does.</param>
    /// <param name="subject">What it is about; empty for all.</param>
    /// <param name="request">What is asked for, in the form of the kind.</param>
    /// <param name="waits">Whether it waits for those before it.</param>
    public Task<BeginJobReply> BeginAsync<T>(StoreId store, JobKind kind, string subject, T request, bool waits = false) =>
        grains.GetJobs(store, JobKinds.LaneOf(kind)).BeginAsync(new BeginJob(kind, subject, JobJson.Of(request).GetRawText(), waits));

    /// <summary>A job as of now; null if no job has this id.</summary>
    public async Task<JobRecord?> FindAsync(StoreId store, string id, CancellationToken cancellation = default) =>
        await records.FindAsync(store, id, cancellation) is { } kept ? await LiveAsync(store, kept) : null;

    /// <summary>The last jobs without their results, the latest first.</summary>
    public async Task<IReadOnlyList<JobRecord>> ListAsync(StoreId store, int limit, CancellationToken cancellation = default)
    {
        var jobs = await records.ListAsync(store, limit, cancellation);
        return await Task.WhenAll(jobs.Select(async job => await LiveAsync(store, job) with { Result = null }));
    }

    /// <summary>The job of a lane that runs; null where none does.</summary>
    public Task<JobReply?> FindRunningAsync(StoreId store, JobLane lane) => grains.GetJobs(store, lane).FindRunningAsync();

    /// <summary>Cancels a job, and waits until it has ended.</summary>
    public async Task<(CancelStatus Status, JobRecord? Job)> CancelAsync(StoreId store, string id, CancellationToken cancellation = default)
    {
        if (await records.FindAsync(store, id, cancellation) is not { } job)
        {
            return (CancelStatus.Unknown, null);
        }

        var status = await grains.GetJobs(store, JobKinds.LaneOf(job.Kind)).CancelAsync(id);
        return (status, status == CancelStatus.Cancelled ? await WaitAsync(store, job, cancellation) : job);
    }

    /// <summary>Waits until a job has ended, also where the silo that runs it ends before.</summary>
    public async Task<JobRecord> WaitAsync(StoreId store, JobRecord job, CancellationToken cancellation = default)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return (await grains.GetJobs(store, JobKinds.LaneOf(job.Kind)).WaitAsync(job.Id, cancellation))?.Job
                    ?? throw new InvalidOperationException($"Job {job.Id} of store {store} is kept no longer.");
            }
            catch (Exception e) when (attempt < MostAttempts && HasLostItsSilo(e))
            {
                // The next silo knows.
            }
        }
    }

    private static bool HasLostItsSilo(Exception e) =>
        e is SiloUnavailableException or OrleansMessageRejectionException or TimeoutException;

    private async Task<JobRecord> LiveAsync(StoreId store, JobRecord kept) =>
        kept.IsOpen && await grains.GetJobs(store, JobKinds.LaneOf(kept.Kind)).FindAsync(kept.Id) is { } live ? live.Job : kept;
}
