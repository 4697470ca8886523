using ClvOrleans.Domain.Stores;
using ClvOrleans.Valuation.Jobs;

namespace ClvOrleans.Storage.Jobs;

/// <summary>
/// The jobs of each store: those that wait, the one of each lane that runs, and the last ones that have ended. A lane has one writer at a
/// time, who holds the number that <see cref="TakeAsync"/> gave last: what an earlier one writes, such as a silo that others take for dead,
/// is not kept.
/// </summary>
public interface IJobRecords
{
    /// <summary>How many ended jobs each store keeps.</summary>
    public const int Kept = 200;

    /// <summary>A number above those of all jobs that the store keeps.</summary>
    Task<int> NextNumberAsync(StoreId store, CancellationToken cancellation = default);

    /// <summary>
    /// Makes the caller the writer of a lane. The number that it writes with is higher than all before it, which can write no more.
    /// </summary>
    Task<long> TakeAsync(StoreId store, JobLane lane, CancellationToken cancellation = default);

    /// <summary>
    /// Keeps jobs in one transaction, each in place of what was kept under its id, but for those that have ended: these stay as they are.
    /// Of the ended jobs of the store only the last <see cref="Kept"/> stay.
    /// </summary>
    /// <param name="store">The store.</param>
    /// <param name="lane">The lane.</param>
    /// <param name="writer">The number that <see cref="TakeAsync"/> gave.</param>
    /// <param name="jobs">Jobs of this lane.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>False where another has taken the lane since: nothing is kept.</returns>
    Task<bool> TryPutAsync(
        StoreId store, JobLane lane, long writer, IReadOnlyCollection<JobRecord> jobs, CancellationToken cancellation = default);

    /// <summary>The jobs of a lane that wait or run, the earliest first.</summary>
    Task<IReadOnlyList<JobRecord>> OpenAsync(StoreId store, JobLane lane, CancellationToken cancellation = default);

    /// <summary>A job; null if no job has this id.</summary>
    Task<JobRecord?> FindAsync(StoreId store, string id, CancellationToken cancellation = default);

    /// <summary>The last jobs without their results, the latest first.</summary>
    Task<IReadOnlyList<JobRecord>> ListAsync(StoreId store, int limit, CancellationToken cancellation = default);

    /// <summary>The last job of a kind and subject that has a result; null where there is none.</summary>
    Task<JobRecord?> FindLastAsync(StoreId store, JobKind kind, string subject, CancellationToken cancellation = default);
}
