using System.Collections.Immutable;
using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Market;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Grains.Trainings;
using ClvOrleans.Storage.CustomerRows;
using ClvOrleans.Training.Backtests;
using ClvOrleans.Training.Validation;

namespace ClvOrleans.Server.Trainings;

/// <summary>Gathers the store's buyers as of each day that a training or backtest will ask for, from the journal by way of the silos.</summary>
internal sealed class HistoryCollector(ShardCollector shards, ICustomerRows heads, TimeProvider time) : IStoreHistories
{
    private const int Rounds = 3;

    /// <inheritdoc />
    /// <remarks>It answers for the days of a champion's fit to all of it, and of one up to <see cref="Holdout.CutOf"/>.</remarks>
    /// <exception cref="InvalidOperationException">The day of the first purchase was another each time.</exception>
    public async Task<StoreHistory> CollectAsync(
        StoreSettings store, DateOnly? end, MarketCalendar market, Action<GatherProgress>? progress = null, CancellationToken cancellation = default)
    {
        var horizon = store.Horizon;
        var (first, last) = await PurchasesAsync(store, cancellation);
        return await CollectAsync(
            store, TrainingDays.WithHoldout(first, end ?? last ?? store.DayOf(time.GetUtcNow()), horizon),
            history => TrainingDays.WithHoldout(history, horizon), market, progress, cancellation);
    }

    /// <inheritdoc />
    /// <exception cref="InvalidOperationException">The day of the first purchase was another each time.</exception>
    public async Task<(StoreHistory Whole, DateOnly CalibrationEnd)> GatherForBacktestAsync(
        StoreSettings store, DateOnly? calibrationEnd, DateOnly? holdoutEnd, MarketCalendar market, Action<GatherProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        var (first, last) = await PurchasesAsync(store, cancellation);
        if (first is not { } known || last is not { } latest)
        {
            throw new BacktestException("Nobody has a paid order yet.");
        }

        var whole = await CollectAsync(store, DaysOf(known, known, holdoutEnd ?? latest), history => Needed(history), market, progress, cancellation);
        return (whole, CalibrationEnd(whole.Buyers.IsEmpty ? known : whole.FirstPurchase, whole.End));

        DateOnly CalibrationEnd(DateOnly from, DateOnly end) => calibrationEnd ?? BacktestDays.CalibrationEnd(from, end, store.Horizon);

        ImmutableSortedSet<DateOnly> DaysOf(DateOnly from, DateOnly fromThen, DateOnly end) =>
            BacktestDays.Of(fromThen, CalibrationEnd(from, end), end);

        // As of the calibration's end the first purchase may be another: later refunds and cancellations are not known then.
        ImmutableSortedSet<DateOnly> Needed(StoreHistory history)
        {
            var from = history.Buyers.IsEmpty ? known : history.FirstPurchase;
            var cut = CalibrationEnd(from, history.End);
            var then = history.Knows(cut) && history.Until(cut) is { Buyers.IsEmpty: false } past ? past.FirstPurchase : from;
            return DaysOf(from, then, history.End);
        }
    }

    private async Task<StoreHistory> CollectAsync(
        StoreSettings store, ImmutableSortedSet<DateOnly> days, Func<StoreHistory, ImmutableSortedSet<DateOnly>> needs, MarketCalendar market,
        Action<GatherProgress>? progress, CancellationToken cancellation)
    {
        for (var round = 0; round < Rounds; round++)
        {
            var read = 0;
            var customers = await shards.CollectAsync(
                store.Id, [.. days],
                count => progress?.Invoke(new GatherProgress(count, (double)Interlocked.Increment(ref read) / CustomerId.Shards)), cancellation);
            var history = StoreHistory.OfCuts(customers, days, store, market);
            var needed = needs(history);
            if (needed.IsSubsetOf(days))
            {
                return history;
            }

            days = days.Union(needed);
        }

        throw new InvalidOperationException("The first purchase was on another day each time that the customers were read.");
    }

    // As known now: the first that was paid, and the last. Where a purchase has been taken back since the end, what is gathered shows it.
    private async Task<(DateOnly? First, DateOnly? Last)> PurchasesAsync(StoreSettings store, CancellationToken cancellation)
    {
        (DateOnly? first, DateOnly? last) = (null, null);
        await foreach (var days in heads.SummariesAsync(store.Id, cancellation).Select(c => c.PurchaseDays))
        {
            last = last > days[^1].Day ? last : days[^1].Day;
            first = days.Any(d => d.Gross > Money.Zero) && !(first < days[0].Day) ? days[0].Day : first;
        }

        return (first, last);
    }
}
