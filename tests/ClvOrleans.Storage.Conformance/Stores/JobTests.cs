using System.Text.Json;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Storage.Jobs;
using ClvOrleans.Valuation.Jobs;

namespace ClvOrleans.Storage.Conformance.Stores;

/// <summary><see cref="IJobRecords"/>: the jobs that wait or run and the last ones that have ended.</summary>
public class JobTests<TEngine> : StoreTests<TEngine>
    where TEngine : IStorageEngine, new()
{
    [Fact]
    public async Task A_job_is_replaced_under_its_id_and_comes_back_with_its_result()
    {
        var running = Sample.Job(JobKind.Backtest, await Store.Jobs.NextNumberAsync(Shop)) with { Subject = "a-1", Stage = "Folding" };
        await PutAsync(Shop, running);
        var ended = running with { State = JobState.Succeeded, Progress = 1, EndedAt = Sample.Time, Result = Json("""{"orders":1.5}""") };
        await PutAsync(Shop, ended);

        await ReopenAsync();
        var kept = (await Store.Jobs.FindAsync(Shop, running.Id))!;
        Assert.Equal(ended with { Result = null }, kept with { Result = null });
        Assert.Equal(1.5, kept.Result!.Value.GetProperty("orders").GetDouble());
        var listed = Assert.Single(await Store.Jobs.ListAsync(Shop, 10));
        Assert.Equal(ended with { Result = null }, listed);
        Assert.Null(await Store.Jobs.FindAsync(Other, running.Id));
        Assert.Null(await Store.Jobs.FindAsync(Shop, "backtest-0"));
        Assert.Empty(await Store.Jobs.ListAsync(Other, 10));
    }

    [Fact]
    public async Task What_was_asked_for_and_how_often_it_was_lost_is_there_to_run_a_job_again()
    {
        var lost = Sample.Job(JobKind.Training, 1, JobState.Waiting) with
        {
            Losses = 2,
            CancelledAt = Sample.Time.AddMinutes(1),
            Request = Json("""{"cause":"Asked"}"""),
        };
        await PutAsync(Shop, lost);

        await ReopenAsync();
        var open = Assert.Single(await Store.Jobs.OpenAsync(Shop, JobLane.Models));
        Assert.Equal(lost with { Request = null }, open with { Request = null });
        Assert.Equal("Asked", open.Request!.Value.GetProperty("cause").GetString());
    }

    [Fact]
    public async Task Numbers_are_not_given_twice_and_lists_begin_with_the_latest()
    {
        var numbers = new List<int>();
        for (var i = 0; i < 5; i++)
        {
            numbers.Add(await Store.Jobs.NextNumberAsync(Shop));
            await PutAsync(i % 2 == 0 ? Shop : Other, Sample.Job(JobKind.Training, numbers[^1]));
            await PutAsync(Shop, Sample.Job(JobKind.Training, numbers[^1]));
        }

        Assert.Equal(numbers.Distinct().Order(), numbers);
        Assert.Equal(
            numbers.AsEnumerable().Reverse().Take(3).Select(n => $"training-{n}"), (await Store.Jobs.ListAsync(Shop, 3)).Select(j => j.Id));
    }

    [Fact]
    public async Task The_last_job_of_a_kind_and_subject_is_the_last_that_has_a_result()
    {
        await PutAsync(
            Shop,
            Sample.Job(JobKind.Backtest, 1, JobState.Succeeded) with { Subject = "a", Result = Json("1") },
            Sample.Job(JobKind.Backtest, 2, JobState.Succeeded) with { Subject = "a", Result = Json("2") },
            Sample.Job(JobKind.Backtest, 3, JobState.Failed) with { Subject = "a" },
            Sample.Job(JobKind.Drift, 4, JobState.Succeeded) with { Subject = "a", Result = Json("4") },
            Sample.Job(JobKind.Backtest, 5, JobState.Running) with { Subject = "b" });

        Assert.Equal("backtest-2", (await Store.Jobs.FindLastAsync(Shop, JobKind.Backtest, "a"))?.Id);
        Assert.Equal(2, (await Store.Jobs.FindLastAsync(Shop, JobKind.Backtest, "a"))!.Result!.Value.GetInt32());
        Assert.Null(await Store.Jobs.FindLastAsync(Shop, JobKind.Backtest, "b"));
        Assert.Null(await Store.Jobs.FindLastAsync(Other, JobKind.Backtest, "a"));
    }

    [Fact]
    public async Task What_has_ended_stays_as_it_ended()
    {
        await PutAsync(Shop, Sample.Job(JobKind.Training, 1, JobState.Succeeded) with { Result = Json("1") });
        await PutAsync(
            Shop, Sample.Job(JobKind.Training, 1), Sample.Job(JobKind.Training, 1, JobState.Failed),
            Sample.Job(JobKind.Training, 2, JobState.Waiting));

        var ended = (await Store.Jobs.FindAsync(Shop, "training-1"))!;
        Assert.Equal((JobState.Succeeded, 1), (ended.State, ended.Result!.Value.GetInt32()));
        Assert.Equal(JobState.Waiting, (await Store.Jobs.FindAsync(Shop, "training-2"))!.State);
    }

    [Fact]
    public async Task Those_that_wait_or_run_come_in_the_order_in_which_they_were_begun()
    {
        await PutAsync(
            Shop, Sample.Job(JobKind.Training, 3), Sample.Job(JobKind.Training, 1, JobState.Failed),
            Sample.Job(JobKind.Training, 2, JobState.Waiting));
        await PutAsync(Shop, Sample.Job(JobKind.Training, 3, JobState.Waiting));
        Assert.Equal(["training-3", "training-2"], (await Store.Jobs.OpenAsync(Shop, JobLane.Models)).Select(j => j.Id));
        Assert.Empty(await Store.Jobs.OpenAsync(Other, JobLane.Models));
    }

    [Fact]
    public async Task Each_store_keeps_what_is_open_and_its_last_jobs_however_many_other_stores_have()
    {
        await PutAsync(Shop, Sample.Job(JobKind.Backtest, 1, JobState.Waiting), Sample.Job(JobKind.Backtest, 2));
        await FillAsync(Shop, 1, 150);
        await FillAsync(Other, 1, 150);
        await FillAsync(Shop, 151, IJobRecords.Kept + 49);
        await FillAsync(Shop, IJobRecords.Kept + 50, IJobRecords.Kept + 50);
        Assert.Equal(150, (await Store.Jobs.ListAsync(Other, 1_000)).Count);
        Assert.Equal(
            [.. Enumerable.Range(51, IJobRecords.Kept).Reverse().Select(n => $"drift-{n}"), "backtest-2", "backtest-1"],
            (await Store.Jobs.ListAsync(Shop, 1_000)).Select(j => j.Id));
        Assert.Null(await Store.Jobs.FindAsync(Shop, "drift-50"));
        Assert.NotNull(await Store.Jobs.FindAsync(Other, "drift-50"));
    }

    private static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement.Clone();

    private async Task PutAsync(StoreId store, params JobRecord[] jobs) => Assert.True(await Store.Jobs.TryPutAsync(
        store, JobLane.Models, await Store.Jobs.TakeAsync(store, JobLane.Models), jobs));

    private Task FillAsync(StoreId store, int first, int last) =>
        PutAsync(store, [.. Enumerable.Range(first, last - first + 1).Select(i => Sample.Job(JobKind.Drift, i, JobState.Failed))]);
}
