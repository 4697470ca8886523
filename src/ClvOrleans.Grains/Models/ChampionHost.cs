using System.Collections.Concurrent;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Grains.Stores;
using ClvOrleans.Recommendations.Models;
using ClvOrleans.Storage.Models;
using ClvOrleans.Valuation;
using ClvOrleans.Valuation.Models;
using ClvOrleans.Valuation.Reviews;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ClvOrleans.Grains.Models;

/// <summary>
/// Loads the champions before the silo takes calls, follows the registry, and swaps in one assignment. A champion that cannot be opened
/// ends nothing: the one before it stays in use, or else the prior stands in, and says so.
/// </summary>
public sealed partial class ChampionHost(
    IModelRegistry registry, IStores stores, IOptions<ChampionOptions> options, TimeProvider time, ILogger<ChampionHost> logger)
    : BackgroundService, IChampions, ILifecycleParticipant<ISiloLifecycle>
{
    private static readonly ChampionModel Prior = new(ValueModels.Open(PriorModel.Version), 0);
    private readonly ConcurrentDictionary<StoreId, ChampionModel> _models = new();
    private readonly ConcurrentDictionary<StoreId, Attempt> _failed = new();

    // One at a time: an older champion that is slow to open cannot replace a newer one.
    private readonly SemaphoreSlim _one = new(1);

    /// <inheritdoc />
    public ChampionModel Find(StoreId store) => _models.GetValueOrDefault(store, Prior);

    /// <inheritdoc />
    public void Participate(ISiloLifecycle lifecycle) =>
        lifecycle.Subscribe(nameof(ChampionHost), ServiceLifecycleStage.ApplicationServices, RefreshAsync);

    /// <summary>
    /// Looks for new champions now. What cannot be read or opened is logged, and told by <see cref="ChampionModel.Problem"/>.
    /// </summary>
    public Task RefreshAsync(CancellationToken cancellation)
    {
        _failed.Clear();
        return FollowAsync(cancellation);
    }

    /// <inheritdoc />
    public override void Dispose()
    {
        base.Dispose();
        _one.Dispose();
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.Poll, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await FollowAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The service stops.
        }
    }

    private async Task FollowAsync(CancellationToken cancellation)
    {
        await _one.WaitAsync(cancellation);
        try
        {
            foreach (var store in stores.All)
            {
                await FollowAsync(store.Id, cancellation);
            }
        }
        finally
        {
            _one.Release();
        }
    }

    private async Task FollowAsync(StoreId store, CancellationToken cancellation)
    {
        var (known, found, failure) = (Find(store), default(ChampionModel), default(Exception));
        try
        {
            foreach (var promotion in (await registry.PromotionsAsync(store, cancellation)).TakeWhile(p => p.Generation > known.Generation))
            {
                if (_failed.TryGetValue(store, out var attempt) && attempt.Generation == promotion.Generation
                    && time.GetElapsedTime(attempt.At) < attempt.Pause)
                {
                    return;
                }

                try
                {
                    var model = await OpenAsync(store, promotion.Model, known, cancellation);
                    found = new ChampionModel(model, promotion.Generation)
                    {
                        Reviews = model == known.Model ? known.Reviews : Open(
                            await registry.FindReviewScorerAsync(store, model.Version.Training, cancellation), ReviewScorer.Open,
                            store, model.Version),
                        Recommendations = model == known.Model ? known.Recommendations : Open(
                            await registry.FindRecommendationModelAsync(store, model.Version.Training, cancellation),
                            bytes => ModelFormat.Read(bytes.ToArray()), store, model.Version),
                    };
                    break;
                }
                catch (UnreadableModelException e)
                {
                    failure ??= e;
                    Remember(store, promotion.Generation);
                }
            }
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            failure = new InvalidOperationException($"The models of store {store} cannot be read: {e.Message}", e);
        }

        Set(store, (found ?? known) with { Problem = failure?.Message }, failure);
    }

    private async Task<IValueModel> OpenAsync(StoreId store, string id, ChampionModel known, CancellationToken cancellation) =>
        id == known.Model.Version.Id ? known.Model // Promoted again, by itself or for other settings of the store.
        : id == PriorModel.Version.Id ? Prior.Model
        : await registry.OpenAsync(store, id, cancellation);

    // What a training learned beside the model; null where it learned nothing.
    private static T? Open<T>(ReadOnlyMemory<byte> bytes, Func<ReadOnlyMemory<byte>, T> open, StoreId store, ModelVersion version)
        where T : class
    {
        try
        {
            return bytes.IsEmpty ? null : open(bytes);
        }
        catch (InvalidDataException e)
        {
            throw new UnreadableModelException(store, version.Id, e.Message.TrimEnd('.'), e);
        }
    }

    private void Remember(StoreId store, int generation)
    {
        var pause = options.Value.Poll;
        if (_failed.TryGetValue(store, out var last) && last.Generation == generation)
        {
            pause = last.Pause * 2 < options.Value.LongestPause ? last.Pause * 2 : options.Value.LongestPause;
        }
        else if (last?.Generation > generation)
        {
            return; // An older one that the newest made us try: the pause is of the newest.
        }

        _failed[store] = new Attempt(generation, time.GetTimestamp(), pause);
    }

    private void Set(StoreId store, ChampionModel now, Exception? failure)
    {
        var before = Find(store);
        _models[store] = now;
        if (now.Problem == before.Problem)
        {
            return;
        }

        if (failure is not null)
        {
            LogStandsIn(failure, store, now.Model.Version.Id);
        }
        else
        {
            _failed.TryRemove(store, out _);
            LogInForce(store, now.Model.Version.Id);
        }
    }

    [LoggerMessage(3001, LogLevel.Error, "The champion of store {Store} cannot be opened; {Model} stands in for it.")]
    private partial void LogStandsIn(Exception error, StoreId store, string model);

    [LoggerMessage(3002, LogLevel.Warning, "The champion of store {Store} can be opened again: {Model}.")]
    private partial void LogInForce(StoreId store, string model);

    private sealed record Attempt(int Generation, long At, TimeSpan Pause);
}
