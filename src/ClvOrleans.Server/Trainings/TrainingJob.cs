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
    OneStore store, ICustomerHeads heads, IModelRegistry registry, IMarketEntries markets, ChampionHost champions, TimeProvider time,
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
        run.Enter("Reading the customers");
        var customers = new List<CustomerSummary>();
        await foreach (var summary in heads.SummariesAsync(Store, run.Cancellation))
        {
            customers.Add(summary);
        }

        var last = until ?? (customers.Count == 0 ? default : customers.Max(c => c.PurchaseDays[^1].Day));
        run.Log(string.Create(CultureInfo.InvariantCulture, $"{customers.Count:N0} buyers, seen up to {last:yyyy-MM-dd}"));
        var market = await markets.ReadAsync(Store, run.Cancellation);
        run.Enter("Fitting the models");
        var start = time.GetTimestamp();
        var versions = ModelTrainer.Train(customers, last, time.GetUtcNow(), run.Record.Number, market, run.Log, run.Cancellation);
        var best = versions[0];
        run.Log(string.Create(CultureInfo.InvariantCulture, $"{versions.Count} models fitted in {time.GetElapsedTime(start).TotalSeconds:0.0} s"));
        run.Enter("Judging the models by the last part of the data");
        var judged = Holdout.Judge(versions, customers, market, store.Settings, run.Cancellation);
        foreach (var version in judged)
        {
            run.Log(version.Holdout is { } holdout
                ? string.Create(
                    CultureInfo.InvariantCulture,
                    $"{version.Id} as of {holdout.CalibrationEnd:yyyy-MM-dd}: Gini {holdout.Gini:0.000}, Spearman {holdout.Spearman:0.000}, bias {holdout.Bias:0.00}")
                : $"{version.Id} could not be judged: too little came before the last part of the data");
        }

        run.Log(versions.Count == 1
            ? $"{best.Id} wins: no other could be fitted"
            : string.Create(CultureInfo.InvariantCulture, $"{best.Id} wins: its BIC is the lowest, {versions[1].Bic - best.Bic:0.0} below {versions[1].Id}"));
        return judged;
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
