using ClvOrleans.Domain.Market;
using ClvOrleans.Domain.Stores;

namespace ClvOrleans.Storage.Market;

/// <summary>Market calendars at rest.</summary>
public interface IMarketEntries
{
    /// <summary>A store's calendar.</summary>
    Task<MarketCalendar> ReadAsync(StoreId store, CancellationToken cancellation = default);

    /// <summary>Adds or replaces entries; durable on return.</summary>
    Task PutAsync(StoreId store, IReadOnlyCollection<MarketEntry> entries, CancellationToken cancellation = default);

    /// <summary>Removes an entry. False where there was none.</summary>
    Task<bool> RemoveAsync(StoreId store, string id, CancellationToken cancellation = default);
}
