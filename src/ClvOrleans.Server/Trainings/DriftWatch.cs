using System.Globalization;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Server.Api.Replies;
using ClvOrleans.Server.Jobs;
using ClvOrleans.Server.Stores;
using ClvOrleans.Storage.CustomerRows;
using ClvOrleans.Storage.Market;
using ClvOrleans.Storage.Models;
using ClvOrleans.Valuation.Drift;
using ClvOrleans.Valuation.Features;
using ClvOrleans.Valuation.Jobs;
using ClvOrleans.Valuation.Models;
using ClvOrleans.Valuation.Segments;

namespace ClvOrleans.Server.Trainings;

/// <summary>Keeps what the champion predicts each month, and tells how far customers and predictions have moved from each other.</summary>
internal sealed class DriftWatch(
    OneStore store, JobRunner jobs, ICustomerRows heads, IModelRegistry registry, IMarketEntries markets, IPredictions predictions, TimeProvider time)
{
    private const int Step = 1_000;

    private StoreId Store => store.Settings.Id;

    // Yesterday is the last whole day.
    private DateOnly Yesterday => store.Settings.DayOf(time.GetUtcNow()).AddDays(-1);

    /// <summary>Begins a job that reports on a version; null where a job is under way already.</summary>
    /// <param name="version">The version.</param>
    /// <param name="keepsPredictions">Whether its predictions for the next days are kept, where it has made none this month.</param>
    public Task<Job?> BeginAsync(ModelVersion version, bool keepsPredictions = false) => jobs.TryBeginAsync(
        JobKind.Drift, version.Id, async job => JobOutcome.Success(JobResults.Of(ModelDrift.Of(
            await ReportAsync(version, keepsPredictions, (read, all) => Tell(job, read, all), job.Cancellation), store.Settings.Currency))));

    /// <summary>Keeps the champion's predictions for the next days where it has made none this month, and reports on it.</summary>
    public async Task<DriftReport> CheckAsync(CancellationToken cancellation) =>
        await ReportAsync(await ChampionAsync(cancellation), keepsPredictions: true, null, cancellation);

    /// <summary>Reports on a version.</summary>
    public Task<DriftReport> ReportAsync(ModelVersion version, CancellationToken cancellation) => ReportAsync(version, false, null, cancellation);

    /// <summary>The champion's version.</summary>
    public async Task<ModelVersion> ChampionAsync(CancellationToken cancellation) =>
        (await registry.FindChampionAsync(Store, cancellation))?.Version ?? PriorModel.Version;

    // Buyers are read one after the other, once; of each nothing is kept but sums, and two numbers where predictions are made.
    private async Task<DriftReport> ReportAsync(
        ModelVersion version, bool keepsPredictions, Action<long, long>? progress, CancellationToken cancellation)
    {
        var (day, settings) = (Yesterday, store.Settings);
        var (model, market) = (await registry.OpenAsync(Store, version, cancellation), await markets.ReadAsync(Store, cancellation));
        var made = await predictions.ListAsync(Store, version.Id, cancellation);
        var features = new FeatureTally(version.Bins, day);
        CalibrationTally[] months = [.. made.Where(r => r.Until <= day).Select(r => new CalibrationTally(r, model, market, settings))];
        var isMade = made.Any(r => (r.MadeOn.Year, r.MadeOn.Month) == (day.Year, day.Month));
        var next = keepsPredictions && !isMade ? new PredictionTally(model, market, settings, day) : null;
        var read = 0;
        var all = (await heads.SumAsync(Store, cancellation)).Where(c => c.Key.Lifecycle != Lifecycle.Prospect).Sum(c => c.Value.Customers);
        await foreach (var customer in heads.SummariesAsync(Store, cancellation))
        {
            features.Add(customer);
            Array.ForEach(months, m => m.Add(customer));
            next?.Add(customer);
            if (++read % Step == 0)
            {
                progress?.Invoke(read, all);
                await Task.Yield();
            }
        }

        if (next?.ToRecord() is { } record)
        {
            await predictions.AddAsync(Store, record, cancellation);
        }

        return new DriftReport(version.Id, day, features.Compare(), [.. months.Select(m => m.Compare())]);
    }

    private static void Tell(Job job, long read, long all) => job.Enter(
        string.Create(CultureInfo.InvariantCulture, $"Comparing the customers: {read:N0} of {all:N0}"), (double)read / Math.Max(all, read));
}
