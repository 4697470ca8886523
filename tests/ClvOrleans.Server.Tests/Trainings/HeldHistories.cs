using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Events;
using ClvOrleans.Domain.Market;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Grains.Trainings;
using ClvOrleans.Server.Trainings;
using ClvOrleans.Storage.Journal;
using ClvOrleans.Training.Backtests;

namespace ClvOrleans.Server.Tests.Trainings;

/// <summary>A journal that a training reads, without silos, only when it is let: it is surely under way until then.</summary>
internal sealed class HeldHistories(IEventHistory events, Func<DateOnly> today) : IStoreHistories
{
    private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Open() => _open.TrySetResult();

    public void Break(Exception error) => _open.TrySetException(error);

    public async Task<StoreHistory> CollectAsync(
        StoreSettings store, DateOnly? end, MarketCalendar market, Action<GatherProgress>? progress = null, CancellationToken cancellation = default)
    {
        await _open.Task.WaitAsync(cancellation);
        var list = new List<(CustomerId, CustomerEvent)>();
        for (var shard = 0; shard < CustomerId.Shards; shard++)
        {
            list.AddRange(await events.ReadAsync(store.Id, shard, cancellation).ToListAsync(cancellation));
        }

        var history = StoreHistory.Of(list, store, end ?? today(), market);
        return end is null && !history.Buyers.IsEmpty ? history.Until(history.Buyers.Max(c => c.Summary.PurchaseDays[^1].Day)) : history;
    }

    public Task<(StoreHistory Whole, DateOnly CalibrationEnd)> GatherForBacktestAsync(
        StoreSettings store, DateOnly? calibrationEnd, DateOnly? holdoutEnd, MarketCalendar market, Action<GatherProgress>? progress = null,
        CancellationToken cancellation = default) => throw new NotSupportedException();
}
