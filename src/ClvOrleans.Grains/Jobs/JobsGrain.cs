using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using ClvOrleans.Contracts;
using ClvOrleans.Contracts.Jobs;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Grains.Telemetry;
using ClvOrleans.Storage;
using ClvOrleans.Storage.Jobs;
using ClvOrleans.Valuation.Jobs;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Runtime;

namespace ClvOrleans.Grains.Jobs;

/// <inheritdoc cref="IJobsGrain" />
/// <remarks>
/// What is kept of jobs is the truth; the grain decides who works at them. An activation takes the lane before it does anything: an earlier
/// one, on a silo that others take for dead or for a moment beside this one, can keep nothing from then on. What is kept as running when a
/// lane is taken has lost its silo, and is run again from what was asked for. The work itself is not done in the grain's turns.
/// </remarks>
[KeepAlive]
[GrainType("jobs")]
internal sealed partial class JobsGrain(
    IJobRecords records, IEnumerable<IJobWork> works, JobSlots slots, ClvTelemetry telemetry, IOptions<JobOptions> options,
    TimeProvider time, IHostApplicationLifetime lifetime, ILogger<JobsGrain> logger)
    : Grain, IJobsGrain
{
    private const string Forgotten = "The service ended while it ran; nothing changed. Ask for it again.";

    // Turns of an activation interleave where they wait for the storage: each change of the lane waits for the one before it.
    private Task _change = Task.CompletedTask;
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private CancellationTokenRegistration _stopping;
    private long? _writer;
    private volatile JobRun? _current;

    // What has ended and what follows it, not kept yet: the storage is in trouble.
    private ImmutableArray<JobRecord> _unkept = [];

    private StoreId Store => GrainKeys.ToStore(this.GetPrimaryKeyString());

    private JobLane Lane => GrainKeys.ToLane(this.GetPrimaryKeyString());

    private bool IsStopping => lifetime.ApplicationStopping.IsCancellationRequested;

    /// <inheritdoc />
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _stopping = lifetime.ApplicationStopping.Register(Leave);
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        await _stopping.DisposeAsync();
        if (_current is { } run)
        {
            Leave();
            await TryHandOverAsync(run);
        }
    }

    /// <inheritdoc />
    public Task WatchAsync() => AloneAsync(async () =>
    {
        if (_current is { } run && !await TryPutAsync(run.Record))
        {
            run.Leave(); // Another activation has taken the lane: this one is the one too many.
            DeactivateOnIdle();
        }

        return true;
    });

    /// <inheritdoc />
    public Task<BeginJobReply> BeginAsync(BeginJob command) => AloneAsync(async () =>
    {
        var open = await records.OpenAsync(Store, Lane);
        var other = command.Waits ? open.FirstOrDefault(j => IsSame(j, command)) : open.Count > 0 ? open[0] : null;
        if (other is not null)
        {
            return new BeginJobReply(Live(other), IsBusy: !command.Waits);
        }

        var job = await NewAsync(command);
        await PutAsync(job);
        await StartNextAsync();
        return new BeginJobReply(Live(job));
    });

    /// <inheritdoc />
    public async Task<JobReply?> FindAsync(string id) =>
        _current is { } run && run.Record.Id == id ? new JobReply(run.Record, run.Lines)
        : await records.FindAsync(Store, id) is { } kept ? new JobReply(Live(kept), [])
        : null;

    /// <inheritdoc />
    public Task<JobReply?> FindRunningAsync() => Task.FromResult(_current is { } run ? new JobReply(run.Record, run.Lines) : null);

    /// <inheritdoc />
    public async Task<CancelStatus> CancelAsync(string id)
    {
        if (_current is { } run && run.Record.Id == id)
        {
            return await CancelAsync(run);
        }

        return await AloneAsync(async () =>
        {
            if (_current is { } begun && begun.Record.Id == id)
            {
                return await CancelAsync(begun);
            }

            if (await records.FindAsync(Store, id) is not { } job)
            {
                return CancelStatus.Unknown;
            }

            if (!Live(job).IsOpen)
            {
                return CancelStatus.TooLate;
            }

            // It waits: it ends out of its turn.
            using var waiting = NewRun(job with { CancelledAt = time.GetUtcNow() });
            await EndAsync(waiting, await OutcomeAsync(waiting));
            return CancelStatus.Cancelled;
        });
    }

    /// <inheritdoc />
    public async Task<JobReply?> WaitAsync(string id, CancellationToken cancellation = default)
    {
        while (true)
        {
            var changed = _changed.Task;
            var reply = await FindAsync(id);
            if (reply is not { Job.IsOpen: true })
            {
                return reply;
            }

            await changed.WaitAsync(cancellation);
        }
    }

    private static bool IsSame(JobRecord job, BeginJob command) => job.Kind == command.Kind && job.Subject == command.Subject
        && job.Request is { } request && JsonElement.DeepEquals(request, JsonElement.Parse(command.Request));

    // As this activation knows it.
    private JobRecord Live(JobRecord kept) => _current?.Record is { } run && run.Id == kept.Id ? run
        : _unkept.FirstOrDefault(j => j.Id == kept.Id) ?? kept;

    // A change of the lane, once the lane is this activation's and what has to run runs.
    private Task<T> AloneAsync<T>(Func<Task<T>> change) => InTurnAsync(async () =>
    {
        _writer ??= await records.TakeAsync(Store, Lane);
        await StartNextAsync();
        return await change();
    });

    private async Task<T> InTurnAsync<T>(Func<Task<T>> change)
    {
        var (before, done) = (_change, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        _change = done.Task;
        await before;
        try
        {
            return await change();
        }
        finally
        {
            done.SetResult();
        }
    }

    private async Task StartNextAsync()
    {
        if (!_unkept.IsEmpty)
        {
            await PutAsync(_unkept);
            _unkept = [];
        }

        while (_current is null && !IsStopping && await records.OpenAsync(Store, Lane) is [var next, ..])
        {
            var losses = next.Losses + (next.State == JobState.Running ? 1 : 0);
            var job = next with { State = JobState.Running, Losses = losses };
            var run = NewRun(job);
            if (job.Request is null || losses > options.Value.MostLosses)
            {
                var ended = WorkOf(job.Kind).Kept(run.End(JobOutcome.Failure(job.Request is null ? Forgotten : string.Create(
                    CultureInfo.InvariantCulture,
                    $"The service ended {losses} times while it ran, so it is not run again; {WorkOf(job.Kind).Remainder}."))));
                await PutAsync(ended);
                _ = ClearAsync(ended); // It never fails.
                run.Dispose();
                continue;
            }

            if (next.State == JobState.Running)
            {
                LogLost(job.Id, Store);
            }

            await PutAsync(job);
            _current = run;
            _ = RunAsync(run); // It never fails.
        }
    }

    // In the grain's turns, but for the work.
    private async Task RunAsync(JobRun run)
    {
        var outcome = await OutcomeAsync(run);
        await InTurnAsync(async () =>
        {
            try
            {
                await (run.IsLeft ? TryHandOverAsync(run) : EndAsync(run, outcome));
                _current = null;
                await StartNextAsync();
            }
            catch (SiloUnavailableException)
            {
                // The lane is another's.
            }
            catch (Exception e)
            {
                LogFailure(e, IdOfFailure(), run.Record.Id, Store); // What was to be kept, or begun next, is tried again by the watch.
            }

            _current = _current == run ? null : _current;
            return true;
        });
        TellChange();
        run.Dispose();
    }

    private async Task EndAsync(JobRun run, JobOutcome outcome)
    {
        var next = await FollowAsync(run, outcome);
        var ended = WorkOf(run.Record.Kind).Kept(run.End(outcome));
        ImmutableArray<JobRecord> kept = next is null ? [ended] : [ended, next];
        try
        {
            await PutAsync(kept);
            _ = ClearAsync(ended); // It never fails, and others need not wait for it.
        }
        catch (StorageUnavailableException)
        {
            _unkept = kept;
            throw;
        }
        finally
        {
            run.Publish(ended);
            TellChange();
        }
    }

    private async Task<JobRecord?> FollowAsync(JobRun run, JobOutcome outcome)
    {
        try
        {
            return await WorkOf(run.Record.Kind).FollowAsync(run, outcome) is { } next ? await NewAsync(next) : null;
        }
        catch (Exception e)
        {
            LogFailure(e, IdOfFailure(), run.Record.Id, Store);
            return null;
        }
    }

    private async Task ClearAsync(JobRecord ended)
    {
        try
        {
            await WorkOf(ended.Kind).ClearAsync(Store, ended);
        }
        catch (Exception) when (IsStopping)
        {
            // Whoever looks after what is old clears it.
        }
        catch (Exception e)
        {
            LogFailure(e, IdOfFailure(), ended.Id, Store);
        }
    }

    private async Task<JobOutcome> OutcomeAsync(JobRun run)
    {
        var work = WorkOf(run.Record.Kind);
        using var activity = telemetry.Activities.StartActivity(ClvTelemetry.Job)?.SetTag(ClvTelemetry.JobId, run.Record.Id);
        try
        {
            using var slot = await slots.EnterAsync(Store, run.Cancellation); // Cancelled, it has little to do, and needs none.
            return await Task.Run(() => work.RunAsync(run), CancellationToken.None);
        }
        catch (Exception e) when (run.IsLeft || (e is OperationCanceledException && run.Cancellation.IsCancellationRequested))
        {
            return JobOutcome.Cancellation(work.Remainder); // Of one that is left, nobody sees it.
        }
        catch (StorageUnavailableException e)
        {
            LogFailure(e, IdOfFailure(), run.Record.Id, Store);
            return JobOutcome.Failure($"The storage failed; {work.Remainder}: {e.Message}");
        }
        catch (Exception e)
        {
            var id = IdOfFailure();
            LogFailure(e, id, run.Record.Id, Store);
            return JobOutcome.Failure($"It failed by an error of the service; {work.Remainder}. The log has it under {id}.");
        }
    }

    private async Task<CancelStatus> CancelAsync(JobRun run)
    {
        if (!run.TryCancel())
        {
            return CancelStatus.TooLate;
        }

        await TryPutAsync(run.Record); // Whoever runs it again, if this silo ends now, ends it.
        return CancelStatus.Cancelled;
    }

    private async Task<JobRecord> NewAsync(BeginJob command)
    {
        var work = WorkOf(command.Kind);
        var number = await work.FindNumberAsync(Store) ?? await records.NextNumberAsync(Store);
        while (await records.FindAsync(Store, JobRecord.IdOf(command.Kind, number)) is not null)
        {
            number++; // Whoever asked for the one that has it must not be shown another.
        }

        return new JobRecord
        {
            Id = JobRecord.IdOf(command.Kind, number),
            Kind = command.Kind,
            Subject = command.Subject,
            State = JobState.Waiting,
            Stage = "Beginning",
            Request = JsonElement.Parse(command.Request),
            StartedAt = time.GetUtcNow(),
        };
    }

    private JobRun NewRun(JobRecord job) => new(Store, job, time, run => TryPutAsync(run.Record));

    private IJobWork WorkOf(JobKind kind) => works.Single(w => w.Kind == kind);

    private Task<bool> TryPutAsync(params ImmutableArray<JobRecord> jobs) => records.TryPutAsync(Store, Lane, _writer!.Value, jobs);

    private async Task PutAsync(params ImmutableArray<JobRecord> jobs)
    {
        if (!await TryPutAsync(jobs))
        {
            DeactivateOnIdle();
            throw new SiloUnavailableException($"Another activation has the {Lane} jobs of store {Store}; ask again.");
        }
    }

    // So that whoever takes the lane next need not count it as lost.
    private async Task TryHandOverAsync(JobRun run)
    {
        try
        {
            await TryPutAsync(run.Record with { State = JobState.Waiting });
        }
        catch (Exception e) when (e is StorageUnavailableException or ObjectDisposedException)
        {
            // Then it is.
        }
    }

    // From any thread. Whoever waits for the end of a job asks again, and another silo answers.
    private void Leave()
    {
        _current?.Leave();
        _changed.TrySetException(new SiloUnavailableException("The silo stops."));
    }

    private void TellChange() =>
        Interlocked.Exchange(ref _changed, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();

    private string IdOfFailure() => $"{Guid.CreateVersion7(time.GetUtcNow()):N}"[^12..];

    [LoggerMessage(3006, LogLevel.Error, "Failure {Id}: job {Job} of store {Store}.")]
    private partial void LogFailure(Exception error, string id, string job, StoreId store);

    [LoggerMessage(3007, LogLevel.Warning, "The silo that ran job {Job} of store {Store} has ended; it is run again.")]
    private partial void LogLost(string job, StoreId store);
}
