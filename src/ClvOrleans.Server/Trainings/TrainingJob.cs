using System.Globalization;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Grains.Models;
using ClvOrleans.Grains.Trainings;
using ClvOrleans.Server.Api.Replies;
using ClvOrleans.Server.Jobs;
using ClvOrleans.Server.Stores;
using ClvOrleans.Statistics.Fitting;
using ClvOrleans.Storage.Market;
using ClvOrleans.Storage.Models;
using ClvOrleans.Training;
using ClvOrleans.Valuation.Jobs;
using ClvOrleans.Valuation.Models;
using ClvOrleans.Valuation.Trainings;

namespace ClvOrleans.Server.Trainings;

/// <summary>Trains the store's models, as a job. Its result is kept in one transaction, or nothing is.</summary>
internal sealed class TrainingJob(
    OneStore store, JobRunner jobs, IStoreHistories histories, IModelRegistry registry, IMarketEntries markets, ChampionHost champions, TimeProvider time)
{
    private const double Gathered = .3;

    // Shares of the time, estimated: a bar that moves steadily, no promise of when it ends.
    private static readonly (string Stage, double Progress)[] Stages =
    [
        ("Fitting the buy-till-you-die models", Gathered), ("Judging them", .4), ("Choosing", .45), ("Gathering windows", .5), ("Scoring the ensemble", .8),
    ];

    private volatile TrainingRun? _running;

    private StoreId Store => store.Settings.Id;

    /// <summary>The training under way.</summary>
    public TrainingRun? Running => _running;

    /// <summary>Begins a training; null where a job is under way already.</summary>
    /// <param name="until">Last local day of the data to be seen; null for that of the last purchase.</param>
    /// <param name="cause">Why.</param>
    public Task<TrainingRun?> BeginAsync(DateOnly? until, TrainingCause cause) => BeginAsync(cause, run => RunAsync(run, until));

    /// <summary>Keeps that a training was due and left, and why; nothing where a job is under way.</summary>
    public async Task SkipAsync(TrainingCause cause, string reason)
    {
        var run = await BeginAsync(cause, async run =>
        {
            run.Log(reason);
            await EndAsync(run, TrainingOutcome.Skipped);
            return JobOutcome.Refusal(reason);
        });
        await (run?.WaitAsync() ?? Task.CompletedTask);
    }

    private async Task<TrainingRun?> BeginAsync(TrainingCause cause, Func<TrainingRun, Task<JobOutcome>> work)
    {
        var begun = new TaskCompletionSource<TrainingRun>(TaskCreationOptions.RunContinuationsAsynchronously);
        var job = await jobs.TryBeginAsync(
            JobKind.Training,
            "",
            async job =>
            {
                var run = new TrainingRun(job.Number, cause, job, time);
                _running = run;
                begun.SetResult(run);
                try
                {
                    return await work(run);
                }
                finally
                {
                    _running = null;
                }
            },
            NextNumberAsync);
        return job is null ? null : await begun.Task;
    }

    private async Task<JobOutcome> RunAsync(TrainingRun run, DateOnly? until)
    {
        try
        {
            var versions = await FitAsync(run, until);
            run.Job.Keep();
            run.Enter("Promoting the best", .99);
            var record = run.End(TrainingOutcome.Trained, versions[0].Id);
            await registry.AddTrainingAsync(Store, record, versions);
            await champions.RefreshAsync(CancellationToken.None);
            run.Keep(new TrainingResult(record, versions));
            var generation = (await registry.FindChampionAsync(Store, CancellationToken.None))!.Generation;
            return JobOutcome.Success(JobResults.Of(new ModelList(record.Champion!, generation, versions)));
        }
        catch (FitException e)
        {
            run.Log($"No model was trained: {e.Message}.");
            run.Keep(new TrainingResult(await EndAsync(run, TrainingOutcome.Refused), [], e.Message));
            return JobOutcome.Refusal($"No model was trained: {e.Message}.");
        }
        catch (OperationCanceledException) when (run.Job.Cancellation.IsCancellationRequested)
        {
            run.Log("Cancelled; nothing changed.");
            await EndAsync(run, TrainingOutcome.Cancelled);
            throw;
        }
        catch (Exception e)
        {
            run.Log("Failed by an error; nothing changed. The service's log has it.");
            await KeepFailureAsync(run, e);
            throw;
        }
    }

    private async Task<IReadOnlyList<ModelVersion>> FitAsync(TrainingRun run, DateOnly? until)
    {
        var cancellation = run.Job.Cancellation;
        run.Enter("Gathering the customers", 0);
        var market = await markets.ReadAsync(Store, cancellation);
        var past = await histories.CollectAsync(store.Settings, until, market, g => run.Enter($"Gathering the customers: {g}", Gathered * g.Done), cancellation);
        run.Log(string.Create(
            CultureInfo.InvariantCulture, $"{past.Customers.Count(c => !c.Summary.PurchaseDays.IsEmpty):N0} buyers, seen up to {past.End:yyyy-MM-dd}"));
        var start = time.GetTimestamp();
        var trainer = new ChampionTrainer(run.Record.Number, time.GetUtcNow(), stage => run.Enter(stage, ProgressOf(stage)), run.Log, cancellation);
        var versions = trainer.Train(past);
        run.Log(string.Create(CultureInfo.InvariantCulture, $"{versions.Count} models trained in {time.GetElapsedTime(start).TotalSeconds:0.0} s"));
        return versions;
    }

    private static double ProgressOf(string stage) =>
        Stages.FirstOrDefault(s => stage.StartsWith(s.Stage, StringComparison.Ordinal)) is { Stage: not null } known ? known.Progress : .6;

    private async Task<TrainingRecord> EndAsync(TrainingRun run, TrainingOutcome outcome)
    {
        var record = run.End(outcome);
        await registry.AddTrainingAsync(Store, record, []);
        return record;
    }

    // The error that ended it must not be hidden by one of keeping that.
    private async Task KeepFailureAsync(TrainingRun run, Exception error)
    {
        try
        {
            await EndAsync(run, TrainingOutcome.Failed);
        }
        catch (Exception e)
        {
            throw new AggregateException("The training failed, and its record could not be kept.", error, e);
        }
    }

    // Versions of old have no training record.
    private async Task<int> NextNumberAsync()
    {
        var unrecorded = (await registry.ListAsync(Store)).Select(v => v.TrainedAt).Distinct().Count();
        return Math.Max(unrecorded, await registry.TrainingsAsync(Store, 1) is [var last] ? last.Number : 0) + 1;
    }
}
