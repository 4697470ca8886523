using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Market;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Storage.CustomerRows;
using ClvOrleans.Storage.Models;
using ClvOrleans.Storage.Segments;
using ClvOrleans.Training.Validation;
using ClvOrleans.Valuation.Drift;
using ClvOrleans.Valuation.Models;

namespace ClvOrleans.Grains.Trainings;

/// <summary>
/// What a night does with totals, while it reads the buyers once: keeps those that the champion predicts, and what came of those whose
/// days have passed, whichever model predicted them.
/// </summary>
internal sealed class NightlyTotals
{
    private readonly IPredictions _predictions;
    private readonly StoreId _store;
    private readonly TotalsTally[] _next;
    private readonly OutcomeTally[] _passed;
    private readonly SegmentTotals _segments;

    private NightlyTotals(IPredictions predictions, StoreId store, TotalsTally[] next, OutcomeTally[] passed, SegmentTotals segments) =>
        (_predictions, _store, _next, _passed, _segments) = (predictions, store, next, passed, segments);

    /// <summary>Begins with what has passed by a day.</summary>
    /// <param name="predictions">Keeps totals.</param>
    /// <param name="registry">Has the models.</param>
    /// <param name="segments">The own segments.</param>
    /// <param name="rows">Has their members.</param>
    /// <param name="market">The market calendar.</param>
    /// <param name="store">The store.</param>
    /// <param name="day">The last whole day.</param>
    /// <param name="champion">Predicts now; null where it has predicted this month.</param>
    /// <param name="cancellation">Stops it.</param>
    public static async Task<NightlyTotals> BeginAsync(
        IPredictions predictions, IModelRegistry registry, ISegmentDefinitions segments, ICustomerRows rows, MarketCalendar market,
        StoreSettings store, DateOnly day, IValueModel? champion, CancellationToken cancellation)
    {
        var due = (await predictions.TotalsAsync(store.Id, default, cancellation)).Where(t => t.Outcome is null && t.Until <= day);
        var own = new SegmentTotals(predictions, rows, market, store);
        var passed = new List<OutcomeTally>();
        foreach (var totals in due.GroupBy(t => (t.Model, t.MadeOn, t.Days, t.Segment)))
        {
            if (await OpenAsync(registry, store.Id, totals.Key.Model, cancellation) is { } model)
            {
                var tally = new OutcomeTally([.. totals], model, market, store);
                if (totals.Key.Segment is { } segment)
                {
                    await own.CompareAsync(tally, segment, totals.Key.MadeOn, cancellation);
                }
                else
                {
                    passed.Add(tally);
                }
            }
        }

        if (champion is null)
        {
            return new NightlyTotals(predictions, store.Id, [], [.. passed], own);
        }

        Horizon[] horizons = [.. HorizonsOf(store)];
        foreach (var segment in (await segments.ReadAsync(store.Id, cancellation)).All)
        {
            await own.PredictAsync(champion, segment.Id, day, horizons, cancellation);
        }

        return new NightlyTotals(
            predictions, store.Id, [.. horizons.Select(h => new TotalsTally(champion, market, store, day, h))], [.. passed], own);
    }

    /// <summary>Adds a buyer.</summary>
    public void Add(CustomerSummary customer)
    {
        Array.ForEach(_next, t => t.Add(customer));
        Array.ForEach(_passed, t => t.Add(customer));
    }

    /// <summary>Keeps what was predicted and what came.</summary>
    public async Task KeepAsync(CancellationToken cancellation)
    {
        await _predictions.AddTotalsAsync(_store, [.. _next.SelectMany(t => t.Totals()), .. _segments.Predicted], cancellation);
        await _predictions.SettleAsync(_store, [.. _passed.SelectMany(t => t.Compare()), .. _segments.Passed], cancellation);
    }

    // A month, which is soon known to be right or wrong, and what the store is shown.
    private static IEnumerable<Horizon> HorizonsOf(StoreSettings store) =>
        new[] { PredictionRecord.Ahead, store.Horizon }.Distinct();

    // A model of an earlier format tells nothing any more: what it predicted stays uncompared.
    private static async Task<IValueModel?> OpenAsync(IModelRegistry registry, StoreId store, string id, CancellationToken cancellation)
    {
        var version = await registry.FindAnyAsync(store, id, cancellation);
        try
        {
            return version is null ? null : await registry.OpenAsync(store, version, cancellation);
        }
        catch (UnreadableModelException)
        {
            return null;
        }
    }
}
