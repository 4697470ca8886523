using System.Globalization;
using ClvOrleans.Grains.Telemetry;
using ClvOrleans.Server.Http;
using ClvOrleans.Server.Stores;
using ClvOrleans.Storage;
using ClvOrleans.Storage.Jobs;
using ClvOrleans.Valuation.Jobs;

namespace ClvOrleans.Server.Jobs;

/// <summary>
/// Runs what takes minutes, one at a time for the store, as each reads all of it. A job belongs to the service and not to whoever asked for
/// it: it goes on when they go away, and ends when it is cancelled or the service stops.
/// </summary>
internal sealed class JobRunner(
    OneStore store, IJobRecords records, FailureLog failures, ClvTelemetry telemetry, TimeProvider time, IHostApplicationLifetime lifetime)
{
    private const string Lost = "The service ended while it ran; nothing changed. Ask for it again.";
    private int _busy;
    private volatile Job? _running;

    /// <summary>The job under way.</summary>
    public Job? Running => _running;

    /// <summary>Begins a job; null where one is under way already.</summary>
    /// <param name="kind">What it does.</param>
    /// <param name="subject">What it is about.</param>
    /// <param name="work">Does it: throws where it is cancelled or fails.</param>
    /// <param name="least">The least number that it may have; null for the next one. It gets one that no job of its kind has.</param>
    public async Task<Job?> TryBeginAsync(JobKind kind, string subject, Func<Job, Task<JobOutcome>> work, Func<Task<int>>? least = null)
    {
        if (Interlocked.Exchange(ref _busy, 1) == 1)
        {
            return null;
        }

        try
        {
            var number = await (least?.Invoke() ?? records.NextNumberAsync(store.Settings.Id));
            while (await records.FindAsync(store.Settings.Id, IdOf(kind, number)) is not null)
            {
                number++; // Whoever asked for the one that the service left behind must not be shown another.
            }

            var job = new Job(
                new JobRecord
                {
                    Id = IdOf(kind, number),
                    Kind = kind,
                    Subject = subject,
                    Stage = "Beginning",
                    StartedAt = time.GetUtcNow(),
                },
                lifetime.ApplicationStopping)
            {
                Number = number,
            };
            await records.PutAsync(store.Settings.Id, job.Record);
            var running = new Task<Task<JobRecord>>(() => RunAsync(job, work));
            job.Completion = running.Unwrap();
            _running = job;
            running.Start(TaskScheduler.Default);
            return job;
        }
        catch
        {
            Volatile.Write(ref _busy, 0);
            throw;
        }
    }

    /// <summary>A job, under way or ended; null where there is none of this id.</summary>
    public async Task<JobRecord?> FindAsync(string id, CancellationToken cancellation) =>
        _running is { } job && job.Record.Id == id ? job.Record
        : await records.FindAsync(store.Settings.Id, id, cancellation) is { } kept ? Known(kept)
        : null;

    /// <summary>The last jobs, the latest first.</summary>
    public async Task<IReadOnlyList<JobRecord>> ListAsync(int limit, CancellationToken cancellation) =>
        [.. (await records.ListAsync(store.Settings.Id, limit, cancellation)).Select(Known)];

    private static string IdOf(JobKind kind, int number) =>
        string.Create(CultureInfo.InvariantCulture, $"{kind.ToString().ToLowerInvariant()}-{number}");

    // Of a job that nobody runs any more, the last that was kept is that it runs.
    private JobRecord Known(JobRecord kept) => kept.State != JobState.Running ? kept
        : _running is { } job && job.Record.Id == kept.Id ? job.Record
        : kept with { State = JobState.Failed, Message = Lost };

    private async Task<JobRecord> RunAsync(Job job, Func<Job, Task<JobOutcome>> work)
    {
        using var activity = telemetry.Activities.StartActivity(ClvTelemetry.Job)?.SetTag(ClvTelemetry.JobId, job.Record.Id);
        try
        {
            var ended = job.End(await OutcomeAsync(job, work), time.GetUtcNow());
            try
            {
                await records.PutAsync(store.Settings.Id, ended);
            }
            catch (Exception e)
            {
                failures.Add($"Job {ended.Id} ended, which could not be kept", e);
            }

            job.Publish(ended);
            return ended;
        }
        finally
        {
            _running = null;
            job.Dispose();
            Volatile.Write(ref _busy, 0);
        }
    }

    private async Task<JobOutcome> OutcomeAsync(Job job, Func<Job, Task<JobOutcome>> work)
    {
        try
        {
            return await work(job);
        }
        catch (OperationCanceledException) when (job.Cancellation.IsCancellationRequested)
        {
            return new JobOutcome(JobState.Cancelled, "Cancelled; nothing changed.");
        }
        catch (StorageUnavailableException e)
        {
            failures.Add($"Job {job.Record.Id}", e);
            return new JobOutcome(JobState.Failed, $"Nothing changed: {e.Message}");
        }
        catch (Exception e)
        {
            return new JobOutcome(JobState.Failed, $"It failed by an error of the service; nothing changed. The log has it under {failures.Add($"Job {job.Record.Id}", e)}.");
        }
    }
}
