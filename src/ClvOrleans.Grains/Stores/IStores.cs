using ClvOrleans.Domain.Stores;

namespace ClvOrleans.Grains.Stores;

/// <summary>The stores that this service keeps.</summary>
public interface IStores
{
    /// <summary>Those that are open.</summary>
    IReadOnlyCollection<StoreSettings> All { get; }

    /// <summary>Whether a store is open: a closed one takes no events, and nothing is done for it.</summary>
    bool IsOpen(StoreId store) => true;

    /// <summary>Settings of a store, also of a closed one.</summary>
    /// <exception cref="KeyNotFoundException">There is no such store.</exception>
    StoreSettings Find(StoreId store);
}
