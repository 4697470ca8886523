using ClvOrleans.Domain.Stores;
using ClvOrleans.Storage.Jobs;
using ClvOrleans.Valuation.Jobs;

namespace ClvOrleans.Storage.Conformance.Stores;

/// <summary><see cref="IJobRecords"/>: a lane has one writer at a time, and those before it keep nothing.</summary>
public class JobLaneTests<TEngine> : StoreTests<TEngine>
    where TEngine : IStorageEngine, new()
{
    [Fact]
    public async Task Who_has_taken_the_lane_last_writes_its_jobs_and_nobody_before()
    {
        var (first, next) = (await TakeAsync(Shop), await TakeAsync(Shop));
        Assert.True(next > first);
        Assert.False(await PutAsync(Shop, first, Sample.Job(JobKind.Training, 1), Sample.Job(JobKind.Training, 2)));
        Assert.Empty(await Store.Jobs.ListAsync(Shop, 10));
        Assert.True(await PutAsync(Shop, next, Sample.Job(JobKind.Training, 1)));
        Assert.False(await PutAsync(Shop, first, Sample.Job(JobKind.Training, 1, JobState.Succeeded)));
        Assert.Equal(JobState.Running, (await Store.Jobs.FindAsync(Shop, "training-1"))!.State);
    }

    [Fact]
    public async Task Nobody_writes_in_a_lane_that_was_not_taken_or_with_a_number_that_was_not_given()
    {
        Assert.False(await PutAsync(Shop, 0, Sample.Job(JobKind.Training, 1)));
        Assert.False(await PutAsync(Shop, 1, Sample.Job(JobKind.Training, 1)));
        Assert.False(await PutAsync(Shop, await TakeAsync(Shop) + 1, Sample.Job(JobKind.Training, 1)));
        Assert.Empty(await Store.Jobs.ListAsync(Shop, 10));
    }

    [Fact]
    public async Task Each_store_has_lanes_of_its_own()
    {
        var writer = await TakeAsync(Shop);
        await TakeAsync(Other);
        await TakeAsync(Other);
        Assert.True(await PutAsync(Shop, writer, Sample.Job(JobKind.Training, 1)));
    }

    [Fact]
    public async Task A_lane_stays_taken_when_the_store_is_closed_and_opened_again()
    {
        var (first, second) = (await TakeAsync(Shop), await TakeAsync(Shop));
        await ReopenAsync();
        Assert.False(await PutAsync(Shop, first, Sample.Job(JobKind.Training, 1)));
        Assert.True(await PutAsync(Shop, second, Sample.Job(JobKind.Training, 1)));
        var third = await TakeAsync(Shop);
        Assert.True(third > second);
        Assert.False(await PutAsync(Shop, second, Sample.Job(JobKind.Training, 2)));
    }

    [Fact]
    public async Task Of_many_who_take_a_lane_at_once_one_writes()
    {
        var writers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => TakeAsync(Shop))));
        Assert.Equal(writers.Length, writers.Distinct().Count());
        foreach (var writer in writers)
        {
            Assert.Equal(writer == writers.Max(), await PutAsync(Shop, writer, Sample.Job(JobKind.Training, (int)writer)));
        }

        Assert.Equal($"training-{writers.Max()}", Assert.Single(await Store.Jobs.ListAsync(Shop, 100)).Id);
    }

    private Task<long> TakeAsync(StoreId store) => Store.Jobs.TakeAsync(store, JobLane.Models);

    private Task<bool> PutAsync(StoreId store, long writer, params JobRecord[] jobs) =>
        Store.Jobs.TryPutAsync(store, JobLane.Models, writer, jobs);
}
