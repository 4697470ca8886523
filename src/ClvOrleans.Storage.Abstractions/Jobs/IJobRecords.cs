using ClvOrleans.Domain.Stores;
using ClvOrleans.Valuation.Jobs;

namespace ClvOrleans.Storage.Jobs;

/// <summary>The jobs of each store: the one under way and the last ones that have ended.</summary>
public interface IJobRecords
{
    /// <summary>How many ended jobs each store keeps.</summary>
    public const int Kept = 200;

    /// <summary>A number above those of all jobs that the store keeps.</summary>
    Task<int> NextNumberAsync(StoreId store, CancellationToken cancellation = default);

    /// <summary>Adds a job, or replaces the one of its id. Of the ended jobs of the store only the last <see cref="Kept"/> stay.</summary>
    Task PutAsync(StoreId store, JobRecord job, CancellationToken cancellation = default);

    /// <summary>A job; null where there is none of this id.</summary>
    Task<JobRecord?> FindAsync(StoreId store, string id, CancellationToken cancellation = default);

    /// <summary>The last jobs without their results, the latest first.</summary>
    Task<IReadOnlyList<JobRecord>> ListAsync(StoreId store, int limit, CancellationToken cancellation = default);

    /// <summary>The last job of a kind and subject that has a result; null where there is none.</summary>
    Task<JobRecord?> FindLastAsync(StoreId store, JobKind kind, string subject, CancellationToken cancellation = default);
}
