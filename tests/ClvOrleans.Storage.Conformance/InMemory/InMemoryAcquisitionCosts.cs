using System.Collections.Immutable;
using ClvOrleans.Domain.Market;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Storage.Market;

namespace ClvOrleans.Storage.Conformance.InMemory;

/// <inheritdoc />
internal sealed class InMemoryAcquisitionCosts(InMemoryStorage storage) : IAcquisitionCosts
{
    private static readonly ImmutableSortedDictionary<string, AcquisitionCost> None =
        ImmutableSortedDictionary.Create<string, AcquisitionCost>(StringComparer.Ordinal);

    public Task<IReadOnlyList<AcquisitionCost>> ReadAsync(StoreId store, CancellationToken cancellation = default) =>
        storage.ReadAsync(state => (IReadOnlyList<AcquisitionCost>)[.. Of(state, store).Values]);

    public Task PutAsync(StoreId store, IReadOnlyCollection<AcquisitionCost> costs, CancellationToken cancellation = default) =>
        storage.ChangeAsync(state => state with
        {
            Costs = state.Costs.SetItem(store, costs.Aggregate(Of(state, store), (all, cost) => all.SetItem(cost.Id, cost))),
        });

    public Task<bool> RemoveAsync(StoreId store, string id, CancellationToken cancellation = default) => storage.ChangeAsync(state =>
    {
        var costs = Of(state, store);
        return (state with { Costs = state.Costs.SetItem(store, costs.Remove(id)) }, costs.ContainsKey(id));
    });

    private static ImmutableSortedDictionary<string, AcquisitionCost> Of(InMemoryState state, StoreId store) =>
        state.Costs.GetValueOrDefault(store, None);
}
