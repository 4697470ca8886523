using ClvOrleans.Domain.Policies;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Policies.Experiments;
using ClvOrleans.Storage.Experiments;

namespace ClvOrleans.Storage.Conformance.InMemory;

/// <inheritdoc />
internal sealed class InMemoryExperiments(InMemoryStorage storage) : IExperiments
{
    public Task<bool> TryPutAsync(StoreId store, ExperimentRecord experiment, CancellationToken cancellation = default) =>
        storage.ChangeAsync(state =>
        {
            var key = (store, experiment.Definition.Id);
            return (state.Experiments.GetValueOrDefault(key)?.Revision ?? 0) == experiment.Revision - 1
                ? (state with { Experiments = state.Experiments.SetItem(key, experiment) }, true)
                : (state, false);
        });

    public Task<ExperimentRecord?> FindAsync(StoreId store, ExperimentId id, CancellationToken cancellation = default) =>
        storage.ReadAsync(state => state.Experiments.GetValueOrDefault((store, id)));

    public Task<IReadOnlyList<ExperimentRecord>> ListAsync(StoreId store, CancellationToken cancellation = default) =>
        storage.ReadAsync<IReadOnlyList<ExperimentRecord>>(state =>
            [.. state.Experiments.Where(e => e.Key.Store == store).OrderBy(e => e.Key.Id.Value, StringComparer.Ordinal)
                .Select(e => e.Value)]);

    public Task PutEffectAsync(StoreId store, PolicyId policy, PolicyEffectReading reading, CancellationToken cancellation = default) =>
        storage.ChangeAsync(state => state.PolicyEffects.GetValueOrDefault((store, policy))?.At > reading.At
            ? state
            : state with { PolicyEffects = state.PolicyEffects.SetItem((store, policy), reading) });

    public Task<IReadOnlyList<PolicyEffectReading>> EffectsAsync(StoreId store, CancellationToken cancellation = default) =>
        storage.ReadAsync<IReadOnlyList<PolicyEffectReading>>(state =>
            [.. state.PolicyEffects.Where(e => e.Key.Store == store).OrderBy(e => e.Key.Policy.Value, StringComparer.Ordinal)
                .Select(e => e.Value)]);
}
