using ClvOrleans.Domain;
using ClvOrleans.Domain.Market;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Storage.Market;

namespace ClvOrleans.Storage.Sql;

/// <inheritdoc cref="IMarketEntries" />
public sealed class SqlMarketEntries(ISqlDatabase database) : IMarketEntries
{
    private readonly SqlEntries<MarketEntry> _entries = new(database, "market_entries", DomainJson.Default.MarketEntry, e => e.Id);

    /// <inheritdoc />
    public async Task<MarketCalendar> ReadAsync(StoreId store, CancellationToken cancellation = default) =>
        (await _entries.ReadAsync(store)).Aggregate(MarketCalendar.Empty, (calendar, entry) => calendar.With(entry));

    /// <inheritdoc />
    public Task PutAsync(StoreId store, IReadOnlyCollection<MarketEntry> entries, CancellationToken cancellation = default) =>
        _entries.PutAsync(store, entries);

    /// <inheritdoc />
    public Task<bool> RemoveAsync(StoreId store, string id, CancellationToken cancellation = default) => _entries.RemoveAsync(store, id);
}
