using ClvOrleans.Model.Journal;
using ClvOrleans.Model.Market;
using ClvOrleans.Model.Stores;
using ClvOrleans.Server.Trainings;
using ClvOrleans.Training.Backtests;

namespace ClvOrleans.Server.Tests.Trainings;

/// <summary>A journal that a training reads, without silos, only when it is let: it is surely under way until then.</summary>
internal sealed class HeldHistories(IEventHistory events, Func<DateOnly> today) : IStoreHistories
{
    private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Open() => _open.TrySetResult();

    public async Task<StoreHistory> GatherAsync(
        StoreSettings store, DateOnly? end, MarketCalendar market, Action<int>? progress = null, CancellationToken cancellation = default)
    {
        await _open.Task.WaitAsync(cancellation);
        var history = await events.ReadAsync(store, end ?? today(), market, cancellation);
        return end is null && !history.Buyers.IsEmpty ? history.Until(history.Buyers.Max(c => c.Summary.PurchaseDays[^1].Day)) : history;
    }
}
