using ClvOrleans.Domain.Stores;
using ClvOrleans.Storage.Jobs;
using ClvOrleans.Valuation.Jobs;

namespace ClvOrleans.Storage.Conformance.InMemory;

/// <inheritdoc />
internal sealed class InMemoryJobs(InMemoryStorage storage) : IJobRecords
{
    public Task<int> NextNumberAsync(StoreId store, CancellationToken cancellation = default) =>
        storage.ReadAsync(state => state.Jobs.Count(j => j.Store == store) + 1);

    public Task PutAsync(StoreId store, JobRecord job, CancellationToken cancellation = default) => storage.ChangeAsync(state =>
        state.Jobs.FindIndex(j => j.Store == store && j.Job.Id == job.Id) is >= 0 and var place
            ? state with { Jobs = state.Jobs.SetItem(place, (store, job)) }
            : state with { Jobs = state.Jobs.Add((store, job)) });

    public Task<JobRecord?> FindAsync(StoreId store, string id, CancellationToken cancellation = default) =>
        storage.ReadAsync<JobRecord?>(state => Of(state, store).FirstOrDefault(j => j.Id == id));

    public Task<IReadOnlyList<JobRecord>> ListAsync(StoreId store, int limit, CancellationToken cancellation = default) =>
        storage.ReadAsync<IReadOnlyList<JobRecord>>(state => [.. Of(state, store).Take(limit).Select(j => j with { Result = null })]);

    public Task<JobRecord?> FindLastAsync(StoreId store, JobKind kind, string subject, CancellationToken cancellation = default) =>
        storage.ReadAsync(state =>
            Of(state, store).FirstOrDefault(j => j.Kind == kind && j.Subject == subject && j.State == JobState.Succeeded));

    // The latest first: those that run, and the last that have ended.
    private static JobRecord[] Of(InMemoryState state, StoreId store)
    {
        var ended = 0;
        return [.. state.Jobs.Where(j => j.Store == store).Select(j => j.Job).Reverse()
            .Where(j => j.State == JobState.Running || ++ended <= IJobRecords.Kept)];
    }
}
