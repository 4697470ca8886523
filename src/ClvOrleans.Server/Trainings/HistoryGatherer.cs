using ClvOrleans.Grains.Trainings;
using ClvOrleans.Model.Currencies;
using ClvOrleans.Model.Estimates;
using ClvOrleans.Model.Journal;
using ClvOrleans.Model.Market;
using ClvOrleans.Model.Stores;
using ClvOrleans.Training;
using ClvOrleans.Training.Backtests;
using ClvOrleans.Training.Learning;

namespace ClvOrleans.Server.Trainings;

/// <summary>Gathers what a training learns from: the store's buyers as of each day that it will ask for, from the journal by way of the silos.</summary>
internal sealed class HistoryGatherer(ShardGatherer shards, ICustomerHeads heads, TimeProvider time) : IStoreHistories
{
    private const int Rounds = 3;

    /// <inheritdoc />
    /// <remarks>It answers for the days of a champion's fit to all of it, and of one up to <see cref="Holdout.CutOf"/>.</remarks>
    /// <exception cref="InvalidOperationException">The day of the first purchase was another each time.</exception>
    public async Task<StoreHistory> GatherAsync(
        StoreSettings store, DateOnly? end, MarketCalendar market, Action<int>? progress = null, CancellationToken cancellation = default)
    {
        var horizon = store.Horizon;
        var (first, last) = await PurchasesAsync(store, cancellation);
        var days = TrainingDays.WithHoldout(first, end ?? last ?? store.DayOf(time.GetUtcNow()), horizon);
        for (var round = 0; round < Rounds; round++)
        {
            var history = StoreHistory.OfCuts(await shards.GatherAsync(store.Id, [.. days], progress, cancellation), days, store, market);
            var needed = TrainingDays.WithHoldout(history, horizon);
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
