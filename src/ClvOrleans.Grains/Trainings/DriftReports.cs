using ClvOrleans.Domain.Stores;
using ClvOrleans.Grains.Stores;
using ClvOrleans.Storage.CustomerRows;
using ClvOrleans.Storage.Market;
using ClvOrleans.Storage.Models;
using ClvOrleans.Storage.Segments;
using ClvOrleans.Valuation.Drift;
using ClvOrleans.Valuation.Features;
using ClvOrleans.Valuation.Models;
using ClvOrleans.Valuation.Segments;

namespace ClvOrleans.Grains.Trainings;

/// <summary>Keeps what the champion predicts each month, and tells how far customers and predictions have moved from each other.</summary>
internal sealed class DriftReports(
    IStores stores, ICustomerRows heads, IModelRegistry registry, ISegmentDefinitions segments, IMarketEntries markets,
    IPredictions predictions, TimeProvider time)
{
    private const int Step = 1_000;

    /// <summary>Reports on a version.</summary>
    /// <param name="store">The store.</param>
    /// <param name="version">The version.</param>
    /// <param name="keepsPredictions">Whether its predictions for the next days are kept, where it has made none this month.</param>
    /// <param name="progress">Is told how many buyers are read, and of how many.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <remarks>
    /// Buyers are read one after the other, once; of each nothing is kept but sums, and two numbers where predictions are made.
    /// </remarks>
    public async Task<DriftReport> MakeAsync(
        StoreId store, ModelVersion version, bool keepsPredictions = false, Action<long, long>? progress = null,
        CancellationToken cancellation = default)
    {
        var settings = stores.Find(store);
        var day = settings.DayOf(time.GetUtcNow()).AddDays(-1); // Yesterday is the last whole day.
        var (model, market) = (await registry.OpenAsync(store, version, cancellation), await markets.ReadAsync(store, cancellation));
        var made = await predictions.ListAsync(store, version.Id, cancellation);
        var features = new FeatureTally(version.Bins, day);
        var passed = made.Where(r => r.Until <= day).ToArray();

        // Intervals take longer: those of the last month predicted are counted, as it alone asks for a training.
        CalibrationTally[] months = [.. passed.Select((r, i) => new CalibrationTally(r, model, market, settings, withIntervals: i == 0))];
        var isMade = made.Any(r => (r.MadeOn.Year, r.MadeOn.Month) == (day.Year, day.Month));
        var next = keepsPredictions && !isMade ? new PredictionTally(model, market, settings, day) : null;
        var totals = keepsPredictions
            ? await NightlyTotals.BeginAsync(
                predictions, registry, segments, heads, market, settings, day, isMade ? null : model, cancellation)
            : null;
        var read = 0;
        var all = (await heads.SumAsync(store, cancellation)).Where(c => c.Key.Lifecycle != Lifecycle.Prospect).Sum(c => c.Value.Customers);
        await foreach (var customer in heads.SummariesAsync(store, cancellation))
        {
            features.Add(customer);
            Array.ForEach(months, m => m.Add(customer));
            next?.Add(customer);
            totals?.Add(customer);
            if (++read % Step == 0)
            {
                progress?.Invoke(read, all);
                await Task.Yield();
            }
        }

        // Before the record, which says that the month is done.
        await (totals?.KeepAsync(cancellation) ?? Task.CompletedTask);
        if (next?.ToRecord() is { } record)
        {
            await predictions.AddAsync(store, record, cancellation);
        }

        return new DriftReport(version.Id, day, features.Compare(), [.. months.Select(m => m.Compare())]);
    }
}
