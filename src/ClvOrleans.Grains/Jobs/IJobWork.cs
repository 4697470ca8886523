using ClvOrleans.Contracts.Jobs;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Valuation.Jobs;

namespace ClvOrleans.Grains.Jobs;

/// <summary>
/// Does the jobs of one kind. A job may be begun again from the start, on any silo, where it did not come to its end before.
/// </summary>
public interface IJobWork
{
    /// <summary>The kind.</summary>
    JobKind Kind { get; }

    /// <summary>What is true of the store where a job has no result, as the end of a sentence.</summary>
    string Remainder => "nothing changed";

    /// <summary>The least number that the next job may have; null for the one after all jobs of the store.</summary>
    Task<int?> FindNumberAsync(StoreId store) => Task.FromResult<int?>(null);

    /// <summary>Does a job, on threads of the pool. It throws where it is cancelled or fails.</summary>
    Task<JobOutcome> RunAsync(JobRun run);

    /// <summary>A job that has ended as it is kept: without what must not be.</summary>
    JobRecord Kept(JobRecord ended) => ended;

    /// <summary>The job that follows one that has ended; null for none. It is kept in one transaction with that end.</summary>
    Task<BeginJob?> FollowAsync(JobRun run, JobOutcome outcome) => Task.FromResult<BeginJob?>(null);

    /// <summary>Clears away what a job needed, once its end is kept. Where the silo ends before, nobody does.</summary>
    Task ClearAsync(StoreId store, JobRecord ended) => Task.CompletedTask;
}
