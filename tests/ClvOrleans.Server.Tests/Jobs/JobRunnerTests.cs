using ClvOrleans.Server.Jobs;
using ClvOrleans.Server.Tests.Trainings;
using ClvOrleans.Valuation.Jobs;
using ClvOrleans.Valuation.Trainings;
using Microsoft.Extensions.Logging;

namespace ClvOrleans.Server.Tests.Jobs;

public sealed class JobRunnerTests : IAsyncDisposable
{
    private readonly Shop _shop = new();
    private readonly TaskCompletionSource<JobOutcome> _end = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ValueTask DisposeAsync() => _shop.DisposeAsync();

    [Fact]
    public async Task One_job_runs_at_a_time_and_its_state_is_kept_from_its_begin_to_its_end()
    {
        var job = (await BeginAsync())!;
        Assert.Null(await BeginAsync());
        Assert.Equal(JobState.Running, (await _shop.Jobs.FindAsync("drift-1", default))!.State);
        job.Enter("Half", .5);
        job.Enter("Back", .2);
        var running = Assert.Single(await _shop.Jobs.ListAsync(10, default));
        Assert.Equal(("Back", .5, _shop.Time.GetUtcNow()), (running.Stage, running.Progress, running.StartedAt));

        _end.SetResult(JobOutcome.Success(JobResults.Of(new { Found = 3 })));
        var ended = await job.Completion;
        Assert.Equal((JobState.Succeeded, 1.0, 3), (ended.State, ended.Progress, ended.Result!.Value.GetProperty("found").GetInt32()));
        Assert.False(job.TryCancel());
        Assert.Equal(3, (await _shop.Jobs.FindAsync("drift-1", default))!.Result!.Value.GetProperty("found").GetInt32());
        Assert.Equal("drift-2", (await BeginAsync())!.Record.Id);
        Assert.Null(await _shop.Jobs.FindAsync("drift-9", default));
    }

    [Fact]
    public async Task A_cancelled_job_says_so_and_the_next_may_run()
    {
        var job = (await BeginAsync())!;
        Assert.True(job.TryCancel());
        Assert.Equal((JobState.Cancelled, "Cancelled; nothing changed."), ((await job.Completion).State, (await job.Completion).Message));
        Assert.NotNull(await BeginAsync());
    }

    [Fact]
    public async Task A_job_that_the_service_left_behind_has_failed()
    {
        await BeginAsync();
        var restarted = _shop.NewRunner();
        var left = Assert.Single(await restarted.ListAsync(10, default));
        Assert.Equal((JobState.Failed, "The service ended while it ran; nothing changed. Ask for it again."), (left.State, left.Message));
        Assert.Equal(JobState.Failed, (await restarted.FindAsync("drift-1", default))!.State);
    }

    [Fact]
    public async Task A_job_has_an_id_of_its_own_also_after_one_that_the_service_left_behind()
    {
        await TrainAsync(_shop.Jobs);
        var restarted = _shop.NewRunner();
        Assert.Equal(("training-2", 2), ((await TrainAsync(restarted))!.Record.Id, restarted.Running!.Number));
        Assert.Equal(JobState.Failed, (await restarted.FindAsync("training-1", default))!.State);
        Assert.Equal(["training-2", "training-1"], (await restarted.ListAsync(10, default)).Select(j => j.Id));

        Task<Job?> TrainAsync(JobRunner jobs) =>
            jobs.TryBeginAsync(JobKind.Training, "", job => _end.Task.WaitAsync(job.Cancellation), () => Task.FromResult(1));
    }

    [Fact]
    public async Task A_failure_is_logged_once_with_its_stack_and_told_in_one_sentence()
    {
        var job = (await BeginAsync())!;
        _end.SetException(new InvalidOperationException("Object reference not set"));
        await AssertToldAsync(await job.Completion);
    }

    [Fact]
    public async Task So_is_the_failure_of_a_training()
    {
        _shop.Histories.Break(new InvalidOperationException("Object reference not set"));
        var run = (await _shop.Job.BeginAsync(null, TrainingCause.Asked))!;
        var result = await run.WaitAsync();
        Assert.Equal(TrainingOutcome.Failed, result.Record.Outcome);
        Assert.DoesNotContain("Object reference", Assert.Single(result.Record.Log).Text, StringComparison.Ordinal);
        await AssertToldAsync(await run.Job.Completion);
    }

    private async Task AssertToldAsync(JobRecord ended)
    {
        var (level, message, error) = Assert.Single(_shop.Failures.Lines);
        Assert.Equal((LogLevel.Error, "Object reference not set"), (level, error!.Message));
        Assert.Contains(ended.Id, message, StringComparison.Ordinal);
        Assert.Equal(JobState.Failed, ended.State);
        Assert.StartsWith("It failed by an error of the service; nothing changed. The log has it under ", ended.Message, StringComparison.Ordinal);
        Assert.Contains(ended.Message![^13..^1], message, StringComparison.Ordinal);
        Assert.Equal(ended.Message, (await _shop.Jobs.FindAsync(ended.Id, default))!.Message);
    }

    private Task<Job?> BeginAsync() => _shop.Jobs.TryBeginAsync(JobKind.Drift, "prior", job => _end.Task.WaitAsync(job.Cancellation));
}
