using ClvOrleans.Domain.Stores;
using ClvOrleans.Valuation.Models;
using ClvOrleans.Valuation.Trainings;

namespace ClvOrleans.Storage.Models;

/// <summary>Trained models of each store, which one is the champion, and how it came to be.</summary>
public interface IModelRegistry
{
    /// <summary>Keeps a version. <exception cref="InvalidOperationException">The store has one of this id.</exception></summary>
    Task AddAsync(StoreId store, ModelVersion version, CancellationToken cancellation = default);

    /// <summary>All versions of a store without their bodies, newest first. Those that cannot be read are left out.</summary>
    Task<IReadOnlyList<ModelVersion>> ListAsync(StoreId store, CancellationToken cancellation = default);

    /// <summary>A version with its body; null where the store has none of this id.</summary>
    /// <exception cref="UnreadableModelException">It cannot be read.</exception>
    Task<ModelVersion?> FindAsync(StoreId store, string id, CancellationToken cancellation = default);

    /// <summary>Promotes a version, or the prior, under the next generation.</summary>
    /// <exception cref="KeyNotFoundException">The store has no such version.</exception>
    Task<Champion> PromoteAsync(StoreId store, string id, DateTimeOffset at, CancellationToken cancellation = default);

    /// <summary>
    /// Keeps a version of the store's first buyers and promotes it, unless a training, or somebody, has promoted one. Whether it did.
    /// </summary>
    /// <exception cref="InvalidOperationException">The store has one of this id.</exception>
    Task<bool> AddFirstAsync(StoreId store, ModelVersion version, DateTimeOffset at, CancellationToken cancellation = default);

    /// <summary>Promotes the previous champion, under the next generation: <see cref="Promotion.Previous"/>.</summary>
    /// <exception cref="InvalidOperationException">There is none before it.</exception>
    Task<Champion> RollBackAsync(StoreId store, DateTimeOffset at, CancellationToken cancellation = default);

    /// <summary>
    /// The version that was promoted last without its body, or where it is missing or cannot be read, the one before; null where there is
    /// none.
    /// </summary>
    Task<Champion?> FindChampionAsync(StoreId store, CancellationToken cancellation = default);

    /// <summary>All changes of champion, the latest first.</summary>
    Task<IReadOnlyList<Promotion>> PromotionsAsync(StoreId store, CancellationToken cancellation = default);

    /// <summary>
    /// Keeps a training that has ended with its versions, and promotes its champion where it has one: all of it or nothing.
    /// </summary>
    /// <exception cref="InvalidOperationException">The store has a training of this number, or a version of one of the ids.</exception>
    Task AddTrainingAsync(
        StoreId store, TrainingRecord training, IReadOnlyCollection<ModelVersion> versions, CancellationToken cancellation = default);

    /// <summary>The last trainings without what is kept beside their records, the latest first.</summary>
    Task<IReadOnlyList<TrainingRecord>> TrainingsAsync(StoreId store, int limit, CancellationToken cancellation = default);

    /// <summary>What a training learned of the words of reviews; empty where it learned nothing, or there is no such training.</summary>
    Task<ReadOnlyMemory<byte>> FindReviewScorerAsync(StoreId store, int training, CancellationToken cancellation = default);

    /// <summary>What a training learned for recommendations; empty where it learned nothing, or there is no such training.</summary>
    Task<ReadOnlyMemory<byte>> FindRecommendationModelAsync(StoreId store, int training, CancellationToken cancellation = default);

    /// <summary>
    /// Removes what trainings learned for recommendations but for that of some; of trainings after the last of these nothing is removed.
    /// How many were removed.
    /// </summary>
    Task<int> PruneRecommendationModelsAsync(
        StoreId store, IReadOnlyCollection<int> kept, CancellationToken cancellation = default);
}
