using ClvOrleans.Domain.Stores;
using ClvOrleans.Storage.Jobs;
using ClvOrleans.Valuation.Jobs;

namespace ClvOrleans.Storage.Conformance.InMemory;

/// <inheritdoc />
internal sealed class InMemoryJobs(InMemoryStorage storage) : IJobRecords
{
    public Task<int> NextNumberAsync(StoreId store, CancellationToken cancellation = default) =>
        storage.ReadAsync(state => Of(state, store).Select(j => j.Number).DefaultIfEmpty().Max() + 1);

    public Task<long> TakeAsync(StoreId store, JobLane lane, CancellationToken cancellation = default) => storage.ChangeAsync(state =>
    {
        var writer = state.JobLanes.GetValueOrDefault((store, lane)) + 1;
        return (state with { JobLanes = state.JobLanes.SetItem((store, lane), writer) }, writer);
    });

    public Task<bool> TryPutAsync(
        StoreId store, JobLane lane, long writer, IReadOnlyCollection<JobRecord> jobs, CancellationToken cancellation = default) =>
        storage.ChangeAsync(state => state.JobLanes.TryGetValue((store, lane), out var last) && last == writer
            ? (jobs.Aggregate(state, (before, job) => With(before, store, job)), true)
            : (state, false));

    public Task<IReadOnlyList<JobRecord>> OpenAsync(StoreId store, JobLane lane, CancellationToken cancellation = default) =>
        storage.ReadAsync<IReadOnlyList<JobRecord>>(state =>
            [.. Of(state, store).Reverse().Where(j => j.IsOpen && JobKinds.LaneOf(j.Kind) == lane).Select(j => j with { Result = null })]);

    public Task<JobRecord?> FindAsync(StoreId store, string id, CancellationToken cancellation = default) =>
        storage.ReadAsync<JobRecord?>(state => Of(state, store).FirstOrDefault(j => j.Id == id));

    public Task<IReadOnlyList<JobRecord>> ListAsync(StoreId store, int limit, CancellationToken cancellation = default) =>
        storage.ReadAsync<IReadOnlyList<JobRecord>>(state => [.. Of(state, store).Take(limit).Select(j => j with { Result = null })]);

    public Task<JobRecord?> FindLastAsync(StoreId store, JobKind kind, string subject, CancellationToken cancellation = default) =>
        storage.ReadAsync(state =>
            Of(state, store).FirstOrDefault(j => j.Kind == kind && j.Subject == subject && j.State == JobState.Succeeded));

    // The latest first.
    private static IEnumerable<JobRecord> Of(InMemoryState state, StoreId store) =>
        state.Jobs.Where(j => j.Store == store).Select(j => j.Job).Reverse();

    private static InMemoryState With(InMemoryState state, StoreId store, JobRecord job)
    {
        var place = state.Jobs.FindIndex(j => j.Store == store && j.Job.Id == job.Id);
        state = place < 0 ? state with { Jobs = state.Jobs.Add((store, job)) }
            : state.Jobs[place].Job.IsOpen ? state with { Jobs = state.Jobs.SetItem(place, (store, job)) }
            : state;
        var dropped = Of(state, store).Where(j => !j.IsOpen).Skip(IJobRecords.Kept).Select(j => j.Id).ToHashSet(StringComparer.Ordinal);
        return state with { Jobs = state.Jobs.RemoveAll(j => j.Store == store && dropped.Contains(j.Job.Id)) };
    }
}
