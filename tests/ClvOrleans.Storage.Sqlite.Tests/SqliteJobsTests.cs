using ClvOrleans.Domain.Stores;
using ClvOrleans.Storage.Jobs;
using ClvOrleans.Valuation.Jobs;

namespace ClvOrleans.Storage.Sqlite.Tests;

public sealed class SqliteJobsTests : IAsyncLifetime
{
    private static readonly StoreId Store = new("shop");
    private readonly TestStore _store = new();
    private long _writer;

    private SqliteJobs Jobs => new SqliteJobs(_store.Database, _store.Writer);

    public async ValueTask InitializeAsync() => _writer = await Jobs.TakeAsync(Store, JobLane.Models);

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Fact]
    public async Task Who_has_taken_the_lane_last_writes_its_jobs_and_nobody_before()
    {
        var next = await Jobs.TakeAsync(Store, JobLane.Models);
        Assert.True(next > _writer);
        Assert.False(await PutAsync(Job(1, JobState.Running)));
        Assert.Null(await Jobs.FindAsync(Store, "training-1"));
        Assert.True(await Jobs.TryPutAsync(Store, JobLane.Models, next, [Job(1, JobState.Running)]));
        Assert.False(await PutAsync(Job(1, JobState.Succeeded)));
        Assert.Equal(JobState.Running, (await Jobs.FindAsync(Store, "training-1"))!.State);
    }

    [Fact]
    public async Task Each_store_has_lanes_of_its_own()
    {
        await Jobs.TakeAsync(new StoreId("other"), JobLane.Models);
        Assert.True(await PutAsync(Job(1, JobState.Running)));
    }

    [Fact]
    public async Task What_has_ended_stays_as_it_ended()
    {
        await PutAsync(Job(1, JobState.Succeeded));
        Assert.True(await PutAsync(Job(1, JobState.Running), Job(2, JobState.Waiting)));
        Assert.Equal(JobState.Succeeded, (await Jobs.FindAsync(Store, "training-1"))!.State);
        Assert.Equal(JobState.Waiting, (await Jobs.FindAsync(Store, "training-2"))!.State);
    }

    [Fact]
    public async Task Those_that_wait_or_run_come_in_the_order_in_which_they_were_begun()
    {
        await PutAsync(Job(3, JobState.Running), Job(1, JobState.Failed), Job(2, JobState.Waiting));
        await PutAsync(Job(3, JobState.Waiting));
        Assert.Equal(["training-3", "training-2"], (await Jobs.OpenAsync(Store, JobLane.Models)).Select(j => j.Id));
        Assert.Empty(await Jobs.OpenAsync(new StoreId("other"), JobLane.Models));
    }

    [Fact]
    public async Task The_oldest_that_have_ended_are_dropped_and_never_one_that_waits()
    {
        await PutAsync(Job(1, JobState.Waiting));
        await PutAsync([.. Enumerable.Range(2, IJobRecords.Kept + 5).Select(i => Job(i, JobState.Succeeded))]);
        Assert.Equal(IJobRecords.Kept + 1, (await Jobs.ListAsync(Store, 1_000)).Count);
        Assert.NotNull(await Jobs.FindAsync(Store, "training-1"));
        Assert.Null(await Jobs.FindAsync(Store, "training-2"));
    }

    private static JobRecord Job(int number, JobState state) =>
        new() { Id = $"training-{number}", Kind = JobKind.Training, State = state, StartedAt = DateTimeOffset.UnixEpoch };

    private Task<bool> PutAsync(params JobRecord[] jobs) => Jobs.TryPutAsync(Store, JobLane.Models, _writer, jobs);
}
