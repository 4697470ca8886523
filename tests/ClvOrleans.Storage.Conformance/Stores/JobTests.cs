using System.Text.Json;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Storage.Jobs;
using ClvOrleans.Valuation.Jobs;

namespace ClvOrleans.Storage.Conformance.Stores;

/// <summary><see cref="IJobRecords"/>: the job under way and the last ones that have ended.</summary>
public class JobTests<TEngine> : StoreTests<TEngine>
    where TEngine : IStorageEngine, new()
{
    [Fact]
    public async Task A_job_is_replaced_under_its_id_and_comes_back_with_its_result()
    {
        var running = JobOf(JobKind.Backtest, await Store.Jobs.NextNumberAsync(Shop)) with { Subject = "a-1", Stage = "Folding" };
        await Store.Jobs.PutAsync(Shop, running);
        var ended = running with { State = JobState.Succeeded, Progress = 1, EndedAt = Sample.Time, Result = Json("""{"orders":1.5}""") };
        await Store.Jobs.PutAsync(Shop, ended);

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
    public async Task Numbers_are_not_given_twice_and_lists_begin_with_the_latest()
    {
        var numbers = new List<int>();
        for (var i = 0; i < 5; i++)
        {
            numbers.Add(await Store.Jobs.NextNumberAsync(Shop));
            await Store.Jobs.PutAsync(i % 2 == 0 ? Shop : Other, JobOf(JobKind.Training, numbers[^1]));
            await Store.Jobs.PutAsync(Shop, JobOf(JobKind.Training, numbers[^1]));
        }

        Assert.Equal(numbers.Distinct().Order(), numbers);
        Assert.Equal(
            numbers.AsEnumerable().Reverse().Take(3).Select(n => $"training-{n}"), (await Store.Jobs.ListAsync(Shop, 3)).Select(j => j.Id));
    }

    [Fact]
    public async Task The_last_job_of_a_kind_and_subject_is_the_last_that_has_a_result()
    {
        await Store.Jobs.PutAsync(Shop, JobOf(JobKind.Backtest, 1) with { Subject = "a", State = JobState.Succeeded, Result = Json("1") });
        await Store.Jobs.PutAsync(Shop, JobOf(JobKind.Backtest, 2) with { Subject = "a", State = JobState.Succeeded, Result = Json("2") });
        await Store.Jobs.PutAsync(Shop, JobOf(JobKind.Backtest, 3) with { Subject = "a", State = JobState.Failed });
        await Store.Jobs.PutAsync(Shop, JobOf(JobKind.Drift, 4) with { Subject = "a", State = JobState.Succeeded, Result = Json("4") });
        await Store.Jobs.PutAsync(Shop, JobOf(JobKind.Backtest, 5) with { Subject = "b", State = JobState.Running });

        Assert.Equal("backtest-2", (await Store.Jobs.FindLastAsync(Shop, JobKind.Backtest, "a"))?.Id);
        Assert.Equal(2, (await Store.Jobs.FindLastAsync(Shop, JobKind.Backtest, "a"))!.Result!.Value.GetInt32());
        Assert.Null(await Store.Jobs.FindLastAsync(Shop, JobKind.Backtest, "b"));
        Assert.Null(await Store.Jobs.FindLastAsync(Other, JobKind.Backtest, "a"));
    }

    [Fact]
    public async Task Each_store_keeps_what_runs_and_its_last_jobs_however_many_other_stores_have()
    {
        await Store.Jobs.PutAsync(Shop, JobOf(JobKind.Backtest, 0));
        await FillAsync(Shop, 1, 150);
        await FillAsync(Other, 1, 150);
        await FillAsync(Shop, 151, IJobRecords.Kept + 50);
        Assert.Equal(150, (await Store.Jobs.ListAsync(Other, 1_000)).Count);
        Assert.Equal(
            [.. Enumerable.Range(51, IJobRecords.Kept).Reverse().Select(n => $"drift-{n}"), "backtest-0"],
            (await Store.Jobs.ListAsync(Shop, 1_000)).Select(j => j.Id));
    }

    private static JobRecord JobOf(JobKind kind, int number) =>
        new() { Id = $"{kind.ToString().ToLowerInvariant()}-{number}", Kind = kind, StartedAt = Sample.Time };

    private static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement.Clone();

    private async Task FillAsync(StoreId store, int first, int last)
    {
        for (var i = first; i <= last; i++)
        {
            await Store.Jobs.PutAsync(store, JobOf(JobKind.Drift, i) with { State = JobState.Failed, EndedAt = Sample.Time });
        }
    }
}
