using ClvOrleans.Domain;
using ClvOrleans.Domain.Market;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Storage.Market;

namespace ClvOrleans.Storage.Sql;

/// <inheritdoc cref="IAcquisitionCosts" />
public sealed class SqlAcquisitionCosts(ISqlDatabase database) : IAcquisitionCosts
{
    private readonly SqlEntries<AcquisitionCost> _costs = new(
        database, "acquisition_costs", DomainJson.Default.AcquisitionCost, c => c.Id);

    /// <inheritdoc />
    public Task<IReadOnlyList<AcquisitionCost>> ReadAsync(StoreId store, CancellationToken cancellation = default) =>
        _costs.ReadAsync(store);

    /// <inheritdoc />
    public Task PutAsync(StoreId store, IReadOnlyCollection<AcquisitionCost> costs, CancellationToken cancellation = default) =>
        _costs.PutAsync(store, costs);

    /// <inheritdoc />
    public Task<bool> RemoveAsync(StoreId store, string id, CancellationToken cancellation = default) => _costs.RemoveAsync(store, id);
}
