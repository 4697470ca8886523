using System.Collections.Concurrent;
using System.Diagnostics;
using ClvOrleans.Contracts;
using ClvOrleans.Contracts.Jobs;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Grains.Jobs;
using ClvOrleans.Grains.Telemetry;
using ClvOrleans.Storage;
using ClvOrleans.Testing;
using ClvOrleans.Valuation.Jobs;
using Microsoft.Extensions.Logging;

namespace ClvOrleans.Grains.Tests.Jobs;

public sealed class JobsGrainTests(HeldWorkCluster cluster) : IClassFixture<HeldWorkCluster>
{
    private readonly StoreId _store = cluster.NewStore();

    private StoreJobs Here => cluster.Service<StoreJobs>(0);

    private StoreJobs There => cluster.Service<StoreJobs>(1);

    [Fact]
    public async Task One_job_runs_at_a_time_and_its_state_is_kept_from_its_begin_to_its_end()
    {
        var begun = await BeginAsync();
        var held = await cluster.Room.NextAsync(_store);
        var busy = await There.BeginAsync(_store, JobKind.Training, "", new { });
        Assert.Equal((false, true, begun.Job.Id), (begun.IsBusy, busy.IsBusy, busy.Job.Id));
        Assert.Equal(JobState.Running, (await There.FindAsync(_store, "drift-1"))!.State);
        held.Run.Enter("Half", .5);
        held.Run.Enter("Back", .2);
        var running = Assert.Single(await There.ListAsync(_store, 10));
        Assert.Equal(("Back", .5, cluster.Time.GetUtcNow()), (running.Stage, running.Progress, running.StartedAt));

        held.End.SetResult(JobOutcome.Success(JobJson.Of(new { Found = 3 })));
        var ended = await There.WaitAsync(_store, begun.Job);
        Assert.Equal((JobState.Succeeded, 1.0, 3), (ended.State, ended.Progress, ended.Result!.Value.GetProperty("found").GetInt32()));
        Assert.Equal(CancelStatus.TooLate, (await Here.CancelAsync(_store, ended.Id)).Status);
        Assert.Equal(3, (await Here.FindAsync(_store, "drift-1"))!.Result!.Value.GetProperty("found").GetInt32());
        Assert.Equal("drift-2", (await BeginAsync()).Job.Id);
        Assert.Null(await Here.FindAsync(_store, "drift-9"));
        Assert.Equal(CancelStatus.Unknown, (await Here.CancelAsync(_store, "drift-9")).Status);
    }

    [Fact]
    public async Task Asked_for_on_both_silos_at_once_it_is_begun_once()
    {
        var replies = await Task.WhenAll(Enumerable.Range(0, 10)
            .Select(i => (i % 2 == 0 ? Here : There).BeginAsync(_store, JobKind.Training, "", new { })));
        Assert.Single(replies, r => !r.IsBusy);
        Assert.All(replies, r => Assert.Equal("training-1", r.Job.Id));
        await cluster.Room.NextAsync(_store);
        Assert.False(cluster.Room.Begun(_store).Reader.TryPeek(out _));
    }

    [Fact]
    public async Task A_job_is_cancelled_from_either_silo_and_the_next_may_run()
    {
        foreach (var jobs in new[] { Here, There })
        {
            var begun = await BeginAsync();
            await cluster.Room.NextAsync(_store);
            var (status, job) = await jobs.CancelAsync(_store, begun.Job.Id);
            Assert.Equal((CancelStatus.Cancelled, JobState.Cancelled, "Cancelled; nothing changed."), (status, job!.State, job.Message));
            Assert.Equal(cluster.Time.GetUtcNow(), (await There.FindAsync(_store, job.Id))!.CancelledAt);
        }
    }

    [Fact]
    public async Task Jobs_that_may_wait_run_in_their_order_and_one_in_the_same_words_stands_for_the_other()
    {
        await BeginAsync();
        var first = await cluster.Room.NextAsync(_store);
        var second = await Here.BeginAsync(_store, JobKind.Training, "", new { Night = 1 }, waits: true);
        var same = await There.BeginAsync(_store, JobKind.Training, "", new { Night = 1 }, waits: true);
        var third = await There.BeginAsync(_store, JobKind.Training, "", new { Night = 2 }, waits: true);
        Assert.Equal(("training-1", "training-1", "training-2"), (second.Job.Id, same.Job.Id, third.Job.Id));
        Assert.Equal([JobState.Waiting, JobState.Waiting, JobState.Running], (await Here.ListAsync(_store, 9)).Select(j => j.State));

        // One that waits ends out of its turn.
        Assert.Equal(JobState.Cancelled, (await There.CancelAsync(_store, second.Job.Id)).Job!.State);
        await cluster.Room.NextAsync(_store);
        first.End.SetResult(JobOutcome.Refusal("Nothing."));
        var held = await cluster.Room.NextAsync(_store);
        Assert.Equal(("training-2", 2), (held.Run.Record.Id, held.Run.RequestAs<Asked>().Night));
    }

    [Fact]
    public async Task What_follows_a_job_is_begun_when_it_has_ended()
    {
        await Here.BeginAsync(_store, JobKind.Drift, "first", new { });
        (await cluster.Room.NextAsync(_store)).End.SetResult(JobOutcome.Refusal("Nothing."));
        var next = await cluster.Room.NextAsync(_store);
        Assert.Equal(("backtest-1", "second"), (next.Run.Record.Id, next.Run.Record.Subject));
        Assert.Equal([JobState.Running, JobState.Refused], (await Here.ListAsync(_store, 9)).Select(j => j.State));
    }

    [Fact]
    public async Task A_job_that_an_earlier_version_left_behind_has_failed_and_the_next_has_an_id_of_its_own()
    {
        var writer = await cluster.Records.TakeAsync(_store, JobLane.Models);
        var (now, id) = (cluster.Time.GetUtcNow(), "training-1");
        var left = new JobRecord { Id = id, Kind = JobKind.Training, State = JobState.Running, StartedAt = now };
        await cluster.Records.TryPutAsync(_store, JobLane.Models, writer, [left]);
        Assert.Equal("training-2", (await Here.BeginAsync(_store, JobKind.Training, "", new { })).Job.Id);
        var failed = (await There.FindAsync(_store, "training-1"))!;
        Assert.Equal(JobState.Failed, failed.State);
        Assert.Equal("The service ended while it ran; nothing changed. Ask for it again.", failed.Message);
        Assert.Equal(["training-2", "training-1"], (await Here.ListAsync(_store, 10)).Select(j => j.Id));
    }

    [Fact]
    public async Task Where_another_has_taken_the_lane_nothing_of_the_first_is_kept_and_the_job_is_run_again()
    {
        var begun = await BeginAsync();
        var first = await cluster.Room.NextAsync(_store);
        await cluster.Records.TakeAsync(_store, JobLane.Models);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(first.Run.KeepAsync);
        first.End.TrySetResult(JobOutcome.Success(JobJson.Of("first")));

        var second = await WatchUntilBegunAsync();
        Assert.Equal((begun.Job.Id, 1), (second.Run.Record.Id, second.Run.Record.Losses));
        second.End.SetResult(JobOutcome.Success(JobJson.Of("second")));
        Assert.Equal("second", (await There.WaitAsync(_store, begun.Job)).Result!.Value.GetString());
    }

    [Fact]
    public async Task A_job_that_the_service_ends_with_again_and_again_is_not_run_for_ever()
    {
        var begun = await BeginAsync();
        for (var losses = 0; losses <= 3; losses++)
        {
            Assert.Equal(losses, (await WatchUntilBegunAsync()).Run.Record.Losses);
            await cluster.Records.TakeAsync(_store, JobLane.Models);
        }

        while ((await There.FindAsync(_store, begun.Job.Id))!.IsOpen)
        {
            await cluster.Grains.GetJobs(_store, JobLane.Models).WatchAsync()
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        }

        var failed = (await There.FindAsync(_store, begun.Job.Id))!;
        Assert.Equal(JobState.Failed, failed.State);
        Assert.Equal("The service ended 4 times while it ran, so it is not run again; nothing changed.", failed.Message);
    }

    [Fact]
    public async Task An_end_that_cannot_be_kept_is_kept_later()
    {
        var begun = await BeginAsync();
        var held = await cluster.Room.NextAsync(_store);
        var full = new Fault(FaultKind.Fail, _ => new StorageUnavailableException("The disk is full."));
        cluster.Faults.Always("IJobRecords.TryPutAsync", full);
        held.End.SetResult(JobOutcome.Success(JobJson.Of("found")));
        Assert.Equal("found", (await There.WaitAsync(_store, begun.Job)).Result!.Value.GetString());
        Assert.Equal(JobState.Running, (await cluster.Records.FindAsync(_store, begun.Job.Id))!.State);

        cluster.Faults.Stop();
        await cluster.Grains.GetJobs(_store, JobLane.Models).WatchAsync();
        Assert.Equal("found", (await cluster.Records.FindAsync(_store, begun.Job.Id))!.Result!.Value.GetString());
        Assert.False(cluster.Room.Begun(_store).Reader.TryPeek(out _));
    }

    [Fact]
    public async Task A_failure_is_logged_once_with_its_stack_and_told_in_one_sentence()
    {
        var begun = await BeginAsync();
        (await cluster.Room.NextAsync(_store)).End.SetException(new InvalidOperationException("Object reference not set"));
        var ended = await Here.WaitAsync(_store, begun.Job);
        var (level, message, error) = Assert.Single(
            cluster.JobLog.Lines, l => l.Line.Contains($"store {_store}", StringComparison.Ordinal));
        Assert.Equal((LogLevel.Error, "Object reference not set"), (level, error!.Message));
        Assert.Contains(ended.Id, message, StringComparison.Ordinal);
        Assert.Equal(JobState.Failed, ended.State);
        Assert.StartsWith(
            "It failed by an error of the service; nothing changed. The log has it under ", ended.Message, StringComparison.Ordinal);
        Assert.Contains(ended.Message![^13..^1], message, StringComparison.Ordinal);
        Assert.Equal(ended.Message, (await There.FindAsync(_store, ended.Id))!.Message);
    }

    [Fact]
    public async Task A_job_is_an_activity_with_its_id()
    {
        var seen = new ConcurrentQueue<(string, object?)>();
        var ours = new[] { cluster.Service<ClvTelemetry>(0).Activities, cluster.Service<ClvTelemetry>(1).Activities };
        using var listener = new ActivityListener
        {
            ShouldListenTo = ours.Contains,
            Sample = (ref _) => ActivitySamplingResult.AllData,
            ActivityStopped = a => seen.Enqueue((a.OperationName, a.GetTagItem("clv.job.id"))),
        };
        ActivitySource.AddActivityListener(listener);
        var begun = await BeginAsync();
        (await cluster.Room.NextAsync(_store)).End.SetResult(JobOutcome.Success(JobJson.Of(new { })));
        await There.WaitAsync(_store, begun.Job);
        Assert.Equal([("clv.job", "drift-1")], seen);
    }

    private Task<BeginJobReply> BeginAsync() => Here.BeginAsync(_store, JobKind.Drift, "prior", new { });

    // The activation that is one too many ends, and the next one begins the job again.
    private async Task<HeldWork.Held> WatchUntilBegunAsync()
    {
        HeldWork.Held? held;
        while (!cluster.Room.Begun(_store).Reader.TryRead(out held))
        {
            await cluster.Grains.GetJobs(_store, JobLane.Models).WatchAsync()
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        }

        return held;
    }

    private sealed record Asked(int Night);
}
