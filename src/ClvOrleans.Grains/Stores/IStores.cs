using ClvOrleans.Domain.Stores;

namespace ClvOrleans.Grains.Stores;

/// <summary>The stores that this service keeps.</summary>
public interface IStores
{
    /// <summary>All of them.</summary>
    IReadOnlyCollection<StoreSettings> All { get; }

    /// <summary>Settings of a store. <exception cref="KeyNotFoundException">There is no such store.</exception></summary>
    StoreSettings Find(StoreId store);
}
