using ClvOrleans.Contracts;
using ClvOrleans.Domain.Market;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Grains.Stores;

namespace ClvOrleans.Grains.Market;

/// <summary>The silo's copy of the market calendars: current on the silo that changed one, at most a minute old on others.</summary>
public sealed class MarketCache(IGrainFactory grains, TimeProvider time)
{
    private readonly StoreCache<MarketCalendar> _calendars = new(TimeSpan.FromMinutes(1), time);

    /// <summary>A store's calendar.</summary>
    public ValueTask<MarketCalendar> OfAsync(StoreId store) =>
        _calendars.TryFind(store, out var known) ? new(known) : new(ReadAsync(store));

    /// <summary>Forgets a store's calendar, so that the next estimate of this silo reads it anew.</summary>
    public void Forget(StoreId store) => _calendars.Forget(store);

    private Task<MarketCalendar> ReadAsync(StoreId store) =>
        _calendars.ReadAsync(store, async () => (await grains.GetMarket(store).ReadAsync()).Calendar);
}
