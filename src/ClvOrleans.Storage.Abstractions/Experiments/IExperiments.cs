using ClvOrleans.Domain.Policies;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Policies.Experiments;

namespace ClvOrleans.Storage.Experiments;

/// <summary>The experiments of each store, and what its policies have been measured to bring.</summary>
public interface IExperiments
{
    /// <summary>Keeps an experiment in place of its revision before.</summary>
    /// <returns>
    /// False where the store keeps another revision than the one before, or the first of this id is there already: nothing is kept.
    /// </returns>
    Task<bool> TryPutAsync(StoreId store, ExperimentRecord experiment, CancellationToken cancellation = default);

    /// <summary>An experiment; null if none has this id.</summary>
    Task<ExperimentRecord?> FindAsync(StoreId store, ExperimentId id, CancellationToken cancellation = default);

    /// <summary>All experiments of a store, by id.</summary>
    Task<IReadOnlyList<ExperimentRecord>> ListAsync(StoreId store, CancellationToken cancellation = default);

    /// <summary>
    /// Keeps what a policy did, in place of what was read before it; one that was read earlier than what is kept is not kept.
    /// </summary>
    Task PutEffectAsync(StoreId store, PolicyId policy, PolicyEffectReading reading, CancellationToken cancellation = default);

    /// <summary>What each policy of a store did, by subject.</summary>
    Task<IReadOnlyList<PolicyEffectReading>> EffectsAsync(StoreId store, CancellationToken cancellation = default);
}
