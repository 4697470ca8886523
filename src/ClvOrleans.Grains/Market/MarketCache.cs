using System.Collections.Concurrent;
using ClvOrleans.Contracts;
using ClvOrleans.Domain.Market;
using ClvOrleans.Domain.Stores;

namespace ClvOrleans.Grains.Market;

/// <summary>The silo's copy of the market calendars: current on the silo that changed one, at most a minute old on others.</summary>
public sealed class MarketCache(IGrainFactory grains, TimeProvider time)
{
    private static readonly TimeSpan Age = TimeSpan.FromMinutes(1);
    private readonly ConcurrentDictionary<StoreId, (MarketCalendar Calendar, long ReadAt)> _calendars = new();
    private long _changes;

    /// <summary>A store's calendar.</summary>
    public async ValueTask<MarketCalendar> OfAsync(StoreId store)
    {
        if (_calendars.TryGetValue(store, out var known) && time.GetElapsedTime(known.ReadAt) < Age)
        {
            return known.Calendar;
        }

        var (readAt, changes) = (time.GetTimestamp(), Interlocked.Read(ref _changes));
        var reply = await grains.GetMarket(store).ReadAsync();
        _calendars[store] = (reply.Calendar, readAt);
        if (changes != Interlocked.Read(ref _changes))
        {
            // The calendar changed while this reply was on its way: it may be the old one.
            _calendars.TryRemove(store, out _);
        }

        return reply.Calendar;
    }

    /// <summary>Forgets a store's calendar, so that the next estimate of this silo reads it anew.</summary>
    public void Forget(StoreId store)
    {
        Interlocked.Increment(ref _changes);
        _calendars.TryRemove(store, out _);
    }
}
