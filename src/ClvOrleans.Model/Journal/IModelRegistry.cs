using ClvOrleans.Model.Customers;
using ClvOrleans.Model.Estimates;

namespace ClvOrleans.Model.Journal;

/// <summary>Trained models of each store, and which one is in force.</summary>
public interface IModelRegistry
{
    /// <summary>Keeps a version. <exception cref="InvalidOperationException">The store has one of this id.</exception></summary>
    Task AddAsync(StoreId store, ModelVersion version, CancellationToken cancellation = default);

    /// <summary>All versions of a store, newest first.</summary>
    Task<IReadOnlyList<ModelVersion>> ListAsync(StoreId store, CancellationToken cancellation = default);

    /// <summary>Puts a version in force, under the next generation. <exception cref="KeyNotFoundException">The store has no such version.</exception></summary>
    Task<Champion> PromoteAsync(StoreId store, string id, DateTimeOffset at, CancellationToken cancellation = default);

    /// <summary>The version in force; null before the first training.</summary>
    Task<Champion?> FindChampionAsync(StoreId store, CancellationToken cancellation = default);
}
