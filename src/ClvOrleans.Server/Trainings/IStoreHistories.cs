using ClvOrleans.Model.Market;
using ClvOrleans.Model.Stores;
using ClvOrleans.Training.Backtests;

namespace ClvOrleans.Server.Trainings;

/// <summary>What trainings learn from.</summary>
internal interface IStoreHistories
{
    /// <summary>A store's history up to a day, for a training.</summary>
    /// <param name="store">The store.</param>
    /// <param name="end">The last local day to be seen; null for that of the last purchase, or today without any.</param>
    /// <param name="market">Promotions, seasons and competitors.</param>
    /// <param name="progress">Is told how many customers are there so far.</param>
    /// <param name="cancellation">Stops it.</param>
    Task<StoreHistory> GatherAsync(
        StoreSettings store, DateOnly? end, MarketCalendar market, Action<int>? progress = null, CancellationToken cancellation = default);
}
