using ClvOrleans.Domain.Market;
using ClvOrleans.Domain.Stores;

namespace ClvOrleans.Storage.Market;

/// <summary>What stores paid to win customers, at rest.</summary>
public interface IAcquisitionCosts
{
    /// <summary>All costs of a store, by id.</summary>
    Task<IReadOnlyList<AcquisitionCost>> ReadAsync(StoreId store, CancellationToken cancellation = default);

    /// <summary>Adds costs, or replaces those of the same id, all or none; durable on return.</summary>
    Task PutAsync(StoreId store, IReadOnlyCollection<AcquisitionCost> costs, CancellationToken cancellation = default);

    /// <summary>Removes a cost. False where there was none.</summary>
    Task<bool> RemoveAsync(StoreId store, string id, CancellationToken cancellation = default);
}
