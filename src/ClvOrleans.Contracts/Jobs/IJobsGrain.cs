using Orleans.Concurrency;

namespace ClvOrleans.Contracts.Jobs;

/// <summary>
/// The jobs of one lane of a store, wherever they are asked for. One runs at a time; it belongs to the store and not to whoever asked for
/// it, and is run again on a living silo where its silo ends.
/// </summary>
[Alias("clv.jobs")]
public interface IJobsGrain : IGrainWithStringKey
{
    /// <summary>Sees to it that what has to run runs. Asked by each silo, again and again.</summary>
    [Alias("watch")]
    Task WatchAsync();

    /// <summary>Begins a job, or has it wait for its turn; or names the one that is in its way.</summary>
    [Alias("begin")]
    Task<BeginJobReply> BeginAsync(BeginJob command);

    /// <summary>A job as of now; null if no job has this id.</summary>
    [Alias("find"), AlwaysInterleave]
    Task<JobReply?> FindAsync(string id);

    /// <summary>The job that runs; null where none does.</summary>
    [Alias("running"), AlwaysInterleave]
    Task<JobReply?> FindRunningAsync();

    /// <summary>Asks a job to end. It has not ended yet when the answer comes.</summary>
    [Alias("cancel"), AlwaysInterleave]
    Task<CancelStatus> CancelAsync(string id);

    /// <summary>Waits until a job has ended, for up to an hour; null if no job has this id.</summary>
    [Alias("wait"), AlwaysInterleave, ResponseTimeout("01:00:00")]
    Task<JobReply?> WaitAsync(string id, CancellationToken cancellation = default);
}
