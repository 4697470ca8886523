using System.Collections.Concurrent;
using ClvOrleans.Contracts;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Grains.Models;
using ClvOrleans.Grains.Stores;
using ClvOrleans.Statistics.Fitting;
using ClvOrleans.Storage.CustomerRows;
using ClvOrleans.Storage.Jobs;
using ClvOrleans.Storage.Models;
using ClvOrleans.Training.Learning;
using ClvOrleans.Valuation.Jobs;
using ClvOrleans.Valuation.Models;
using ClvOrleans.Valuation.Segments;
using Microsoft.Extensions.Options;

namespace ClvOrleans.Grains.Trainings;

/// <summary>
/// The model of a store before its first training, which is at night at the latest: what is known of other stores, weighed by the store's
/// own customers. It is fitted again whenever their purchases have doubled, kept like any version, and so the same on every silo.
/// </summary>
internal sealed class FirstModel(
    IGrainFactory grains, IStores stores, IModelRegistry registry, IJobRecords jobs, ICustomerRows rows, ChampionHost champions,
    IOptions<RetrainingOptions> options, TimeProvider time)
{
    /// <summary>Buyers up to which it is fitted: within a second. A greater store waits for its training.</summary>
    public const int Most = 10_000;

    // Orders at the last attempt: several of a day are one purchase, so that they may be twice as many long before purchases are.
    private readonly ConcurrentDictionary<StoreId, long> _tried = new();

    /// <summary>Fits and promotes it, where that is due. False where it never will be again.</summary>
    public async Task<bool> TryAsync(StoreId store)
    {
        var promotions = await registry.PromotionsAsync(store);
        if (options.Value.FirstAt == 0 || promotions.Any(p => p.Cause is not (PromotionCause.First or PromotionCause.Settings)))
        {
            return false;
        }

        // What an import brings is not whole before it ends, and a training makes better ones.
        if ((await jobs.OpenAsync(store, JobLane.Models)).Count > 0 || (await jobs.OpenAsync(store, JobLane.Imports)).Count > 0)
        {
            return true;
        }

        var buyers = (await grains.GetSegments(store).ReportAsync()).BuyerRows
            .Aggregate(default(SegmentSums), (sum, row) => sum + row.Sums);
        var last = (await registry.FindChampionAsync(store))?.Version.Purchases ?? 0;
        if (buyers.Customers >= options.Value.FirstAt && buyers.Customers <= Most && buyers.Orders >= 2 * last
            && buyers.Orders > 1.25 * _tried.GetValueOrDefault(store))
        {
            _tried[store] = buyers.Orders;
            await FitAsync(stores.Find(store), last);
        }

        return true;
    }

    private async Task FitAsync(StoreSettings store, long last)
    {
        var customers = new List<CustomerSummary>();
        await foreach (var customer in rows.SummariesAsync(store.Id))
        {
            customers.Add(customer);
        }

        if (customers.Sum(c => (long)c.PurchaseDays.Length) < 2 * last)
        {
            return;
        }

        var now = time.GetUtcNow();
        try
        {
            var version = await Task.Run(() => ModelTrainer.First(customers, store.DayOf(now), now));
            if (await registry.AddFirstAsync(store.Id, version, now))
            {
                await champions.RefreshAsync(CancellationToken.None);
            }
        }
        catch (FitException)
        {
            // They tell no model yet: the prior, or the fit before, stays.
        }
    }
}
