using System.Globalization;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Grains.Jobs;
using ClvOrleans.Grains.Models;
using ClvOrleans.Grains.Reviews;
using ClvOrleans.Grains.Stores;
using ClvOrleans.Statistics.Fitting;
using ClvOrleans.Storage.Market;
using ClvOrleans.Storage.Models;
using ClvOrleans.Storage.Reviews;
using ClvOrleans.Training;
using ClvOrleans.Training.Reviews;
using ClvOrleans.Valuation.Clusters;
using ClvOrleans.Valuation.Jobs;
using ClvOrleans.Valuation.Models;
using ClvOrleans.Valuation.Trainings;

namespace ClvOrleans.Grains.Trainings;

/// <summary>Trains a store's models. What comes of it is kept in one transaction, or nothing is.</summary>
internal sealed class TrainingWork(
    IStores stores, IStoreHistories histories, IModelRegistry registry, IMarketEntries markets, IReviewTexts texts, ReviewIntake reviews,
    RecommendationTraining recommendations, ChampionHost champions, TimeProvider time)
    : IJobWork
{
    private const double Collected = .3;
    private const double Recommended = .96;
    private const double Reviewed = .98;
    private const int Seed = 1;

    // Shares of the time, estimated: a bar that moves steadily, no promise of when it ends.
    private static readonly (string Stage, double Progress)[] Stages =
    [
        ("Fitting the buy-till-you-die models", Collected), ("Scoring them", .4), ("Choosing", .45), ("Collecting windows", .5),
        ("Fitting the level", .65), ("Comparing the ensemble", .7), ("Finding the clusters", .95),
    ];

    /// <inheritdoc />
    public JobKind Kind => JobKind.Training;

    // Versions of old have no training record.
    /// <inheritdoc />
    public async Task<int?> FindNumberAsync(StoreId store)
    {
        var unrecorded = (await registry.ListAsync(store)).Where(v => !v.IsFirst).Select(v => v.TrainedAt).Distinct().Count();
        return Math.Max(unrecorded, await registry.TrainingsAsync(store, 1) is [var last] ? last.Number : 0) + 1;
    }

    /// <inheritdoc />
    public async Task<JobOutcome> RunAsync(JobRun run)
    {
        // A silo that ended, or one beside this, may have kept what came of it.
        if (await FindEndAsync(run) is { } ended)
        {
            return ended;
        }

        try
        {
            return await TrainAsync(run, run.RequestAs<TrainingRequest>());
        }
        catch (FitException e)
        {
            return await RefuseAsync(run, $"No model was trained: {e.Message}.", TrainingOutcome.Refused);
        }
        catch (OperationCanceledException) when (run.IsCancelled)
        {
            run.Log("Cancelled; nothing changed.");
            await KeepAsync(run, TrainingOutcome.Cancelled);
            throw;
        }
        catch (Exception e) when (!run.IsLeft)
        {
            if (await FindEndAsync(run) is { } other)
            {
                return other;
            }

            run.Log("Failed by an error; nothing changed. The service's log has it.");
            await KeepFailureAsync(run, e);
            throw;
        }
    }

    private async Task<JobOutcome> TrainAsync(JobRun run, TrainingRequest request)
    {
        if (request.Skipped is { } reason)
        {
            return await RefuseAsync(run, reason, TrainingOutcome.Skipped);
        }

        var (versions, end) = await FitAsync(run, request.Until);
        run.Enter("Learning what to recommend", Recommended);
        var (recommended, model) = await recommendations.LearnAsync(run.Store, end, run.Log, run.Cancellation);
        var learned = await LearnReviewsAsync(run, request.Until);
        await run.KeepAsync();
        run.Enter("Promoting the best", .99);
        var record = RecordOf(run, TrainingOutcome.Trained, versions[0].Id) with
        {
            Reviews = learned.Trial,
            ReviewScorer = learned.Scorer?.ToBytes() ?? default(ReadOnlyMemory<byte>),
            Recommendations = recommended,
            RecommendationModel = model,
        };
        await registry.AddTrainingAsync(run.Store, record, versions);
        await champions.RefreshAsync(CancellationToken.None);
        return await SuccessAsync(run.Store, record, versions);
    }

    private async Task<JobOutcome> RefuseAsync(JobRun run, string reason, TrainingOutcome outcome)
    {
        run.Log(reason);
        await run.KeepAsync();
        await KeepAsync(run, outcome);
        return JobOutcome.Refusal(reason);
    }

    private async Task<(IReadOnlyList<ModelVersion> Versions, DateOnly End)> FitAsync(JobRun run, DateOnly? until)
    {
        run.Cancellation.ThrowIfCancellationRequested();
        if (run.Record.Losses > 0)
        {
            run.Log("Begun again: the service ended while it ran.");
        }

        run.Enter("Collecting the customers", 0);
        var market = await markets.ReadAsync(run.Store, run.Cancellation);
        var past = await histories.CollectAsync(
            stores.Find(run.Store), until, market, c => run.Enter($"Collecting the customers: {c}", Collected * c.Done), run.Cancellation);
        var buyers = past.Customers.Count(c => !c.Summary.PurchaseDays.IsEmpty);
        run.Log(string.Create(CultureInfo.InvariantCulture, $"{buyers:N0} buyers, seen up to {past.End:yyyy-MM-dd}"));
        var start = time.GetTimestamp();
        var trainer = new ChampionTrainer(
            run.Record.Number, time.GetUtcNow(), stage => run.Enter(stage, ProgressOf(stage)), run.Log, run.Cancellation);
        var versions = trainer.Train(past, await FormerClustersAsync(run.Store));
        var seconds = time.GetElapsedTime(start).TotalSeconds;
        run.Log(string.Create(CultureInfo.InvariantCulture, $"{versions.Count} models trained in {seconds:0.0} s"));
        return (versions, past.End);
    }

    // Those of the champion come first: they are what people know. Ids that other versions gave are not given again.
    private async Task<Clustering?> FormerClustersAsync(StoreId store)
    {
        var champion = await registry.FindChampionAsync(store);
        var versions = (await registry.ListAsync(store)).Prepend(champion?.Version).Select(v => v?.Segmentation?.Clustering)
            .OfType<Clustering>().ToArray();
        var former = versions.FirstOrDefault(c => !c.Clusters.IsEmpty) ?? versions.FirstOrDefault();
        return former is null ? null : former with { LastId = versions.Max(c => c.LastId) };
    }

    private async Task<ReviewTraining> LearnReviewsAsync(JobRun run, DateOnly? until)
    {
        run.Enter("Learning from reviews", Reviewed);
        var store = stores.Find(run.Store);
        var since = reviews.KeptSince(run.Store);
        var kept = await texts.ReadAsync(run.Store, ReviewTraining.Most, run.Cancellation);
        var learned = ReviewTraining.Of(
            [.. kept.Where(r => r.At >= since && !(store.DayOf(r.At) > until))], Seed, run.Cancellation);
        if (learned.Trial is { } trial)
        {
            run.Log(string.Create(CultureInfo.InvariantCulture, $"{trial.Reviews:N0} reviews with words and a rating: {trial.Reason}"));
        }

        return learned;
    }

    private static double ProgressOf(string stage) =>
        Stages.FirstOrDefault(s => stage.StartsWith(s.Stage, StringComparison.Ordinal)) is { Stage: not null } known ? known.Progress : .6;

    private TrainingRecord RecordOf(JobRun run, TrainingOutcome outcome, string? champion = null) =>
        TrainingJobs.Of(run.Record, run.Lines) with { Outcome = outcome, Champion = champion, EndedAt = time.GetUtcNow() };

    private Task KeepAsync(JobRun run, TrainingOutcome outcome) => registry.AddTrainingAsync(run.Store, RecordOf(run, outcome), []);

    // The error that ended it must not be hidden by one of keeping that.
    private async Task KeepFailureAsync(JobRun run, Exception error)
    {
        try
        {
            await KeepAsync(run, TrainingOutcome.Failed);
        }
        catch (Exception e)
        {
            throw new AggregateException("The training failed, and its record could not be kept.", error, e);
        }
    }

    private async Task<JobOutcome?> FindEndAsync(JobRun run)
    {
        var trainings = await registry.TrainingsAsync(run.Store, int.MaxValue);
        if (trainings.FirstOrDefault(t => t.Number == run.Record.Number) is not { } ended)
        {
            return null;
        }

        var reason = ended.Log.IsEmpty ? "" : ended.Log[^1].Text;
        return ended.Outcome switch
        {
            TrainingOutcome.Trained => await SuccessAsync(run.Store, ended, await VersionsAsync(run.Store, ended)),
            TrainingOutcome.Cancelled => JobOutcome.Cancelled,
            TrainingOutcome.Failed => JobOutcome.Failure(reason),
            _ => JobOutcome.Refusal(reason),
        };
    }

    // In the order in which they were kept: the champion first.
    private async Task<IReadOnlyList<ModelVersion>> VersionsAsync(StoreId store, TrainingRecord training) =>
        [.. (await registry.ListAsync(store)).Where(v => v.Training == training.Number).Reverse()];

    private async Task<JobOutcome> SuccessAsync(StoreId store, TrainingRecord training, IReadOnlyList<ModelVersion> versions)
    {
        var generation = (await registry.PromotionsAsync(store)).First(p => p.Model == training.Champion).Generation;
        return JobOutcome.Success(JobJson.Of(new ModelList(training.Champion!, generation, versions)));
    }
}
