using ClvOrleans.Model.Customers;
using ClvOrleans.Model.Drift;
using ClvOrleans.Model.Estimates;
using ClvOrleans.Model.Journal;
using ClvOrleans.Server.Hosting;

namespace ClvOrleans.Server.Trainings;

/// <summary>Keeps what the champion predicts each month, and tells how far customers and predictions have moved from each other.</summary>
internal sealed class DriftWatch(
    OneStore store, ICustomerHeads heads, IModelRegistry registry, IMarketEntries markets, IPredictions predictions, TimeProvider time)
{
    private StoreId Store => store.Settings.Id;

    // Yesterday is the last whole day.
    private DateOnly Yesterday => store.Settings.DayOf(time.GetUtcNow()).AddDays(-1);

    /// <summary>Keeps the champion's predictions for the next days where it has made none this month, and reports on it.</summary>
    public async Task<DriftReport> LookAsync(CancellationToken cancellation)
    {
        var version = (await registry.FindChampionAsync(Store, cancellation))?.Version ?? PriorModel.Version;
        var customers = await ReadAsync(cancellation);
        var market = await markets.ReadAsync(Store, cancellation);
        if (PredictionRecord.Of(await registry.OpenAsync(Store, version, cancellation), customers, market, store.Settings, Yesterday) is { } record)
        {
            await predictions.AddAsync(Store, record, cancellation);
        }

        return await ReportAsync(version, customers, cancellation);
    }

    /// <summary>Reports on a version.</summary>
    public async Task<DriftReport> ReportAsync(ModelVersion version, CancellationToken cancellation) =>
        await ReportAsync(version, await ReadAsync(cancellation), cancellation);

    private async Task<DriftReport> ReportAsync(ModelVersion version, List<CustomerSummary> customers, CancellationToken cancellation)
    {
        var (model, market) = (await registry.OpenAsync(Store, version, cancellation), await markets.ReadAsync(Store, cancellation));
        var passed = (await predictions.ListAsync(Store, version.Id, cancellation)).Where(r => r.Until <= Yesterday);
        return new DriftReport(
            version.Id,
            Yesterday,
            FeatureBins.Compare(version.Bins, customers, Yesterday),
            [.. passed.Select(r => r.Compare(model, customers, market, store.Settings))]);
    }

    private async Task<List<CustomerSummary>> ReadAsync(CancellationToken cancellation)
    {
        var customers = new List<CustomerSummary>();
        await foreach (var summary in heads.SummariesAsync(Store, cancellation))
        {
            customers.Add(summary);
        }

        return customers;
    }
}
