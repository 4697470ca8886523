using ClvOrleans.Model.Customers;
using ClvOrleans.Model.Events;
using ClvOrleans.Model.Journal;
using ClvOrleans.Model.Market;
using ClvOrleans.Model.Stores;
using ClvOrleans.Training.Backtests;

namespace ClvOrleans.Server.Trainings;

/// <summary>A store's history from its journal.</summary>
internal static class JournalHistory
{
    /// <summary>Reads all of it.</summary>
    public static async Task<StoreHistory> ReadAsync(
        this IEventHistory events, StoreSettings store, DateOnly end, MarketCalendar market, CancellationToken cancellation)
    {
        var list = new List<(CustomerId, CustomerEvent)>();
        for (var shard = 0; shard < CustomerId.Shards; shard++)
        {
            await foreach (var item in events.ReadAsync(store.Id, shard, cancellation))
            {
                list.Add(item);
            }
        }

        return StoreHistory.Of(list, store, end, market);
    }
}
