using ClvOrleans.Domain.Stores;
using ClvOrleans.Valuation.Watches;

namespace ClvOrleans.Grains.Watches;

/// <summary>Where the watches of one kind come from. Every source of a silo is registered once.</summary>
public interface IWatchSource
{
    /// <summary>Whose watches they are.</summary>
    WatchKind Kind { get; }

    /// <summary>The watches of a store as they are now.</summary>
    Task<WatchDefinitions> ReadAsync(StoreSettings store);
}
