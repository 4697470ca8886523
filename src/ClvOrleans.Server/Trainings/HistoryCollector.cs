using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Market;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Grains.Trainings;
using ClvOrleans.Storage.CustomerRows;
using ClvOrleans.Training;
using ClvOrleans.Training.Backtests;
using ClvOrleans.Training.Forecasts;
using ClvOrleans.Training.Histories;
using ClvOrleans.Training.Validation;

namespace ClvOrleans.Server.Trainings;

/// <summary>
/// Collects the store's buyers from the journal by way of the silos, as of each day that the training or backtest says it asks for.
/// </summary>
/// <remarks>
/// The journal is read once, unless an order that was cancelled since made the first purchase another one as of the history's end or its
/// cutoff: then windows lie elsewhere, and it is read again for their days as well. While the store stands still it is read three times
/// at most.
/// </remarks>
internal sealed class HistoryCollector(ShardCollector shards, ICustomerRows rows, TimeProvider time) : IStoreHistories
{
    /// <inheritdoc />
    public async Task<StoreHistory> CollectAsync(
        StoreSettings store, DateOnly? end, MarketCalendar market, Action<CollectionProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        var purchases = await PurchasesAsync(store, cancellation);
        var last = end ?? purchases.Last ?? store.DayOf(time.GetUtcNow());
        return await CollectAsync(
            store, HistorySpan.Assumed(purchases.FirstPaid ?? last, last), span => ChampionTrainer.AsOfDays(span, store.Horizon, market),
            market, progress, cancellation);
    }

    /// <inheritdoc />
    public async Task<(StoreHistory Whole, DateOnly CalibrationEnd)> CollectForBacktestAsync(
        StoreSettings store, DateOnly? calibrationEnd, DateOnly? holdoutEnd, IReadOnlyList<IForecastModel> models, BacktestRules rules,
        MarketCalendar market, Action<CollectionProgress>? progress = null, CancellationToken cancellation = default)
    {
        if (await PurchasesAsync(store, cancellation) is not { FirstPaid: { } first, Last: { } last })
        {
            throw new BacktestException("Nobody has a paid order yet.");
        }

        var whole = await CollectAsync(
            store, HistorySpan.Assumed(first, holdoutEnd ?? last), span => Backtest.AsOfDays(span, CutoffOf(span), models, rules), market,
            progress, cancellation);
        return (whole, CutoffOf(whole.Span));

        DateOnly CutoffOf(HistorySpan span) =>
            calibrationEnd ?? (WindowRule.Backtest.In(span, store.Horizon) is [var window] ? window.Cutoff : span.End.AddDays(-1));
    }

    private async Task<StoreHistory> CollectAsync(
        StoreSettings store, HistorySpan assumed, Func<HistorySpan, IEnumerable<DateOnly>> asks, MarketCalendar market,
        Action<CollectionProgress>? progress, CancellationToken cancellation)
    {
        SortedSet<DateOnly> days = [.. asks(assumed), assumed.End];
        while (true)
        {
            var read = 0;
            var customers = await shards.CollectAsync(
                store.Id, [.. days],
                count => progress?.Invoke(
                    new CollectionProgress(count, (double)Interlocked.Increment(ref read) / store.Shards.Value)),
                cancellation);
            var history = StoreHistory.Collected(customers, days, store, market);
            var missing = asks(history.Span).Where(day => !history.Knows(day)).ToArray();
            if (missing.Length == 0)
            {
                return history;
            }

            days.UnionWith(missing);
        }
    }

    // As the customer rows know it now.
    private async Task<(DateOnly? FirstPaid, DateOnly? Last)> PurchasesAsync(StoreSettings store, CancellationToken cancellation)
    {
        (DateOnly? first, DateOnly? last) = (null, null);
        await foreach (var days in rows.SummariesAsync(store.Id, cancellation).Select(c => c.PurchaseDays))
        {
            last = last > days[^1].Day ? last : days[^1].Day;
            first = days.Any(d => d.Gross > Money.Zero) && !(first < days[0].Day) ? days[0].Day : first;
        }

        return (first, last);
    }
}
