using System.Collections.Concurrent;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Events;
using ClvOrleans.Domain.Market;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Grains.Trainings;
using ClvOrleans.Storage.Journal;
using ClvOrleans.Training.Backtests;
using ClvOrleans.Training.Forecasts;
using ClvOrleans.Training.Histories;

namespace ClvOrleans.Grains.Tests.Trainings;

/// <summary>
/// A journal that a training reads, where a store is held only when it is let: the training is surely under way until then.
/// </summary>
internal sealed class HeldHistories(IEventHistory events, TimeProvider time) : IStoreHistories
{
    private readonly ConcurrentDictionary<StoreId, Hold> _holds = [];
    private readonly ConcurrentDictionary<StoreId, int> _readings = [];

    /// <summary>How often a store's history was asked for.</summary>
    public int ReadingsOf(StoreId store) => _readings.GetValueOrDefault(store);

    /// <summary>Holds whoever asks for a store's history.</summary>
    public Hold HoldAt(StoreId store) => _holds[store] = new Hold();

    /// <summary>Whoever asks next is not held.</summary>
    public void Free(StoreId store) => _holds.TryRemove(store, out _);

    public async Task<StoreHistory> CollectAsync(
        StoreSettings store, DateOnly? until, MarketCalendar market, Action<CollectionProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        _readings.AddOrUpdate(store.Id, 1, (_, n) => n + 1);
        if (_holds.TryGetValue(store.Id, out var hold))
        {
            hold.Reached.TrySetResult();
            await hold.Released.Task.WaitAsync(cancellation);
        }

        var list = new List<(CustomerId, CustomerEvent)>();
        for (var shard = 0; shard < UsualShards.Count; shard++)
        {
            list.AddRange(await events.ReadAsync(store.Id, shard, cancellation).ToListAsync(cancellation));
        }

        var history = StoreHistory.Of(list, store, until ?? store.DayOf(time.GetUtcNow()), market);
        return until is null && !history.Buyers.IsEmpty ? history.Until(history.Buyers.Max(c => c.Summary.PurchaseDays[^1].Day)) : history;
    }

    public Task<(StoreHistory Whole, DateOnly CalibrationEnd)> CollectForBacktestAsync(
        StoreSettings store, DateOnly? calibrationEnd, DateOnly? holdoutEnd, IReadOnlyList<IForecastModel> models, BacktestRules rules,
        MarketCalendar market, Action<CollectionProgress>? progress = null, CancellationToken cancellation = default) =>
        throw new NotSupportedException();

    public sealed class Hold
    {
        public TaskCompletionSource Reached { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Released { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
