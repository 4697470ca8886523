using ClvOrleans.Domain.Market;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Storage.Market;

namespace ClvOrleans.Storage.Conformance.InMemory;

/// <inheritdoc />
internal sealed class InMemoryMarketEntries(InMemoryStorage storage) : IMarketEntries
{
    public Task<MarketCalendar> ReadAsync(StoreId store, CancellationToken cancellation = default) =>
        storage.ReadAsync(state => Of(state, store));

    public Task PutAsync(StoreId store, IReadOnlyCollection<MarketEntry> entries, CancellationToken cancellation = default) =>
        storage.ChangeAsync(state => state with
        {
            Calendars = state.Calendars.SetItem(store, entries.Aggregate(Of(state, store), (calendar, entry) => calendar.With(entry))),
        });

    public Task<bool> RemoveAsync(StoreId store, string id, CancellationToken cancellation = default) => storage.ChangeAsync(state =>
    {
        var calendar = Of(state, store);
        return (state with { Calendars = state.Calendars.SetItem(store, calendar.Without(id)) }, calendar.Entries.ContainsKey(id));
    });

    private static MarketCalendar Of(InMemoryState state, StoreId store) => state.Calendars.GetValueOrDefault(store, MarketCalendar.Empty);
}
