using System.Globalization;
using ClvOrleans.Grains.Estimates;
using ClvOrleans.Model.Customers;
using ClvOrleans.Model.Estimates;
using ClvOrleans.Model.Journal;
using ClvOrleans.Model.Lifetime;
using ClvOrleans.Model.Trainings;
using ClvOrleans.Server.Hosting;
using ClvOrleans.Training;

namespace ClvOrleans.Server.Trainings;

/// <summary>
/// Trains the store's models, once at a time. A training belongs to the service and not to whoever asked for it: it goes on when they go
/// away, and ends when it is cancelled or the service stops. Its result is kept in one transaction, or nothing is.
/// </summary>
internal sealed class TrainingJob(
    OneStore store, IStoreHistories histories, IModelRegistry registry, IMarketEntries markets, ChampionHost champions, TimeProvider time,
    IHostApplicationLifetime lifetime)
{
    private int _busy;
    private volatile TrainingRun? _running;

    private StoreId Store => store.Settings.Id;

    /// <summary>The training under way.</summary>
    public TrainingRun? Running => _running;

    /// <summary>Begins a training; null where one is under way already.</summary>
    /// <param name="until">Last local day of the data to be seen; null for that of the last purchase.</param>
    /// <param name="cause">Why.</param>
    public async Task<TrainingRun?> BeginAsync(DateOnly? until, TrainingCause cause)
    {
        if (Interlocked.Exchange(ref _busy, 1) == 1)
        {
            return null;
        }

        try
        {
            var run = new TrainingRun(await NextNumberAsync(), cause, time, lifetime.ApplicationStopping);
            var running = new Task<Task<TrainingResult>>(() => RunAsync(run, until));
            run.Completion = running.Unwrap();
            _running = run;
            running.Start(TaskScheduler.Default);
            return run;
        }
        catch
        {
            Volatile.Write(ref _busy, 0);
            throw;
        }
    }

    /// <summary>Keeps that a training was due and left, and why; nothing where one is under way.</summary>
    public async Task SkipAsync(TrainingCause cause, string reason)
    {
        if (Interlocked.Exchange(ref _busy, 1) == 1)
        {
            return;
        }

        try
        {
            using var run = new TrainingRun(await NextNumberAsync(), cause, time, CancellationToken.None);
            run.Log(reason);
            await registry.AddTrainingAsync(Store, run.End(TrainingOutcome.Skipped), []);
        }
        finally
        {
            Volatile.Write(ref _busy, 0);
        }
    }

    private async Task<TrainingResult> RunAsync(TrainingRun run, DateOnly? until)
    {
        try
        {
            var versions = await FitAsync(run, until);
            run.Keep();
            run.Enter("Putting the best in force");
            var record = run.End(TrainingOutcome.Trained, versions[0].Id);
            await registry.AddTrainingAsync(Store, record, versions);
            await champions.RefreshAsync(CancellationToken.None);
            return new TrainingResult(record, versions);
        }
        catch (FitException e)
        {
            run.Log($"No model was trained: {e.Message}.");
            return new TrainingResult(await EndAsync(run, TrainingOutcome.Refused), [], e.Message);
        }
        catch (OperationCanceledException) when (run.Cancellation.IsCancellationRequested)
        {
            run.Log("Cancelled; nothing changed.");
            return new TrainingResult(await EndAsync(run, TrainingOutcome.Cancelled), []);
        }
        catch (Exception e)
        {
            run.Log($"Failed; nothing changed: {e.Message}");
            await EndAsync(run, TrainingOutcome.Failed);
            throw;
        }
        finally
        {
            _running = null;
            run.Dispose();
            Volatile.Write(ref _busy, 0);
        }
    }

    private async Task<IReadOnlyList<ModelVersion>> FitAsync(TrainingRun run, DateOnly? until)
    {
        run.Enter("Gathering the customers");
        var market = await markets.ReadAsync(Store, run.Cancellation);
        var past = await histories.GatherAsync(
            store.Settings, until, market,
            customers => run.Enter(string.Create(CultureInfo.InvariantCulture, $"Gathering the customers: {customers:N0}")), run.Cancellation);
        run.Log(string.Create(
            CultureInfo.InvariantCulture, $"{past.Customers.Count(c => !c.Summary.PurchaseDays.IsEmpty):N0} buyers, seen up to {past.End:yyyy-MM-dd}"));
        var start = time.GetTimestamp();
        var trainer = new ChampionTrainer(run.Record.Number, time.GetUtcNow(), run.Enter, run.Log, run.Cancellation);
        var versions = trainer.Train(past);
        run.Log(string.Create(CultureInfo.InvariantCulture, $"{versions.Count} models trained in {time.GetElapsedTime(start).TotalSeconds:0.0} s"));
        return versions;
    }

    private async Task<TrainingRecord> EndAsync(TrainingRun run, TrainingOutcome outcome)
    {
        var record = run.End(outcome);
        await registry.AddTrainingAsync(Store, record, []);
        return record;
    }

    // Versions of old have no training record.
    private async Task<int> NextNumberAsync()
    {
        var unrecorded = (await registry.ListAsync(Store)).Select(v => v.TrainedAt).Distinct().Count();
        return Math.Max(unrecorded, await registry.TrainingsAsync(Store, 1) is [var last] ? last.Number : 0) + 1;
    }
}
