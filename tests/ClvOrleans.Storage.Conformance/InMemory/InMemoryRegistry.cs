using ClvOrleans.Domain.Stores;
using ClvOrleans.Storage.Models;
using ClvOrleans.Valuation.Models;
using ClvOrleans.Valuation.Trainings;

namespace ClvOrleans.Storage.Conformance.InMemory;

/// <inheritdoc />
internal sealed class InMemoryRegistry(InMemoryStorage storage) : IModelRegistry
{
    public Task AddAsync(StoreId store, ModelVersion version, CancellationToken cancellation = default) =>
        storage.ChangeAsync(state => Add(state, store, version));

    public Task<IReadOnlyList<ModelVersion>> ListAsync(StoreId store, CancellationToken cancellation = default) =>
        storage.ReadAsync<IReadOnlyList<ModelVersion>>(state =>
            [.. state.Models.Where(m => m.Store == store).Reverse().Select(m => m.Version with { Body = default })]);

    public Task<ModelVersion?> FindAsync(StoreId store, string id, CancellationToken cancellation = default) =>
        storage.ReadAsync(state => Find(state, store, id));

    public Task<Champion> PromoteAsync(StoreId store, string id, DateTimeOffset at, CancellationToken cancellation = default) =>
        storage.ChangeAsync(state => WithChampion(Promote(state, store, id, at, PromotionCause.Choice), store));

    public Task<bool> AddFirstAsync(StoreId store, ModelVersion version, DateTimeOffset at, CancellationToken cancellation = default) =>
        storage.ChangeAsync(state => state.Promotions.Exists(
            p => p.Store == store && p.Promotion.Cause is not (PromotionCause.First or PromotionCause.Settings))
            ? (state, false)
            : (Promote(Add(state, store, version), store, version.Id, at, PromotionCause.First), true));

    public Task<Champion> RollBackAsync(StoreId store, DateTimeOffset at, CancellationToken cancellation = default) =>
        storage.ChangeAsync(state =>
    {
        var previous = Promotion.Previous(state.Promotions.Where(p => p.Store == store).Select(p => p.Promotion))
            ?? throw new InvalidOperationException("There is no previous champion.");
        return WithChampion(Promote(state, store, previous, at, PromotionCause.RollBack), store);
    });

    public Task<Champion?> FindChampionAsync(StoreId store, CancellationToken cancellation = default) =>
        storage.ReadAsync(state => FindChampion(state, store));

    public Task<IReadOnlyList<Promotion>> PromotionsAsync(StoreId store, CancellationToken cancellation = default) =>
        storage.ReadAsync<IReadOnlyList<Promotion>>(state =>
            [.. state.Promotions.Where(p => p.Store == store).Select(p => p.Promotion).Reverse()]);

    public Task AddTrainingAsync(
        StoreId store, TrainingRecord training, IReadOnlyCollection<ModelVersion> versions, CancellationToken cancellation = default) =>
        storage.ChangeAsync(state =>
        {
            if (state.Trainings.Exists(t => t.Store == store && t.Training.Number == training.Number))
            {
                throw new InvalidOperationException($"The store already has a training {training.Number}.");
            }

            state = versions.Aggregate(state with { Trainings = state.Trainings.Add((store, training)) }, (s, v) => Add(s, store, v));
            return training.Champion is { } champion
                ? Promote(state, store, champion, training.EndedAt ?? training.StartedAt, PromotionCause.Training)
                : state;
        });

    public Task<IReadOnlyList<TrainingRecord>> TrainingsAsync(StoreId store, int limit, CancellationToken cancellation = default) =>
        storage.ReadAsync<IReadOnlyList<TrainingRecord>>(state =>
            [.. state.Trainings.Where(t => t.Store == store)
                .Select(t => t.Training with { ReviewScorer = default, RecommendationModel = default })
                .OrderByDescending(t => t.Number).Take(limit)]);

    public Task<ReadOnlyMemory<byte>> FindReviewScorerAsync(StoreId store, int training, CancellationToken cancellation = default) =>
        storage.ReadAsync(state =>
            state.Trainings.Find(t => t.Store == store && t.Training.Number == training).Training?.ReviewScorer ?? default);

    public Task<ReadOnlyMemory<byte>> FindRecommendationModelAsync(StoreId store, int training, CancellationToken cancellation = default) =>
        storage.ReadAsync(state =>
            state.Trainings.Find(t => t.Store == store && t.Training.Number == training).Training?.RecommendationModel ?? default);

    public Task<int> PruneRecommendationModelsAsync(
        StoreId store, IReadOnlyCollection<int> kept, CancellationToken cancellation = default) => storage.ChangeAsync(state =>
    {
        var old = state.Trainings.Where(t => t.Store == store && !t.Training.RecommendationModel.IsEmpty && kept.Count > 0
            && t.Training.Number < kept.Max() && !kept.Contains(t.Training.Number)).ToList();
        return (
            old.Aggregate(state, (s, t) => s with
            {
                Trainings = s.Trainings.Replace(t, (store, t.Training with { RecommendationModel = default })),
            }),
            old.Count);
    });

    private static InMemoryState Add(InMemoryState state, StoreId store, ModelVersion version) => Find(state, store, version.Id) is null
        ? state with { Models = state.Models.Add((store, version)) }
        : throw new InvalidOperationException($"The store already has a model '{version.Id}'.");

    private static InMemoryState Promote(InMemoryState state, StoreId store, string id, DateTimeOffset at, PromotionCause cause) =>
        id == PriorModel.Version.Id || Find(state, store, id) is not null
            ? state.With(store, id, at, cause)
            : throw new KeyNotFoundException($"The store has no model '{id}'.");

    private static (InMemoryState, Champion) WithChampion(InMemoryState state, StoreId store) => (state, FindChampion(state, store)!);

    private static ModelVersion? Find(InMemoryState state, StoreId store, string id) =>
        state.Models.Find(m => m.Store == store && m.Version.Id == id).Version;

    private static Champion? FindChampion(InMemoryState state, StoreId store) =>
        state.Promotions.FindLast(p => p.Store == store).Promotion is not { } last ? null
        : last.Model == PriorModel.Version.Id ? new Champion(PriorModel.Version, last.Generation)
        : new Champion(Find(state, store, last.Model)! with { Body = default }, last.Generation);
}
