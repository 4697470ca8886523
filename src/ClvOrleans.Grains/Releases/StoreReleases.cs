using System.Collections.Concurrent;
using System.Security.Cryptography;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Grains.Market;
using ClvOrleans.Grains.Models;
using ClvOrleans.Grains.Stores;
using ClvOrleans.Grains.Trainings;
using ClvOrleans.Reports.Noise;
using ClvOrleans.Storage.Releases;
using ClvOrleans.Valuation.Segments;

namespace ClvOrleans.Grains.Releases;

/// <summary>
/// What stores with noise tell of the period that is over. It is made when it is first asked for, once for all silos, and nothing that
/// happens until the present period is over changes it (ADR 64).
/// </summary>
public sealed class StoreReleases(
    IReportReleases releases, ShardCollector shards, IChampions champions, MarketCache markets, IStores stores, TimeProvider time)
{
    private const int SecretLength = 32;
    private readonly ConcurrentDictionary<StoreId, SemaphoreSlim> _turns = new();

    /// <summary>What is released now. Who asks while it is being made waits for it.</summary>
    /// <param name="store">A store with noise.</param>
    /// <param name="cancellation">Stops making it; what is being kept is kept.</param>
    public async Task<ReportRelease> CurrentAsync(StoreId store, CancellationToken cancellation = default)
    {
        if (await FindAsync(store, cancellation) is { } known)
        {
            return known;
        }

        var turn = _turns.GetOrAdd(store, _ => new SemaphoreSlim(1));
        await turn.WaitAsync(cancellation);
        try
        {
            return await FindAsync(store, cancellation) ?? await MakeAsync(stores.Find(store), cancellation);
        }
        finally
        {
            turn.Release();
        }
    }

    // Settings that have changed, or a clock that was put back, make no other one: two of one period would tell more than either.
    private async Task<ReportRelease?> FindAsync(StoreId store, CancellationToken cancellation) =>
        await releases.FindAsync(store, cancellation) is { } kept && kept.ToldUntil >= stores.Find(store).DayOf(time.GetUtcNow())
            ? ReportRelease.Parse(kept.Content)
            : null;

    private async Task<ReportRelease> MakeAsync(StoreSettings store, CancellationToken cancellation)
    {
        var (noise, now, model) = (store.Noise!, time.GetUtcNow(), champions.Find(store.Id).Model);
        var (today, market) = (store.DayOf(now), await markets.OfAsync(store.Id));
        var until = noise.ClosedUntil(today);
        var buyers = await shards.CollectAsync(store.Id, [until], BuyerOf, null, cancellation);
        var offered = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(SecretLength));
        var secret = Convert.FromHexString(await releases.SecretAsync(store.Id, offered, cancellation));
        var made = new ReleaseMaker(store, secret).Make([.. buyers.OfType<ReleasedBuyer>()], today, now, model.Version.Id);
        var kept = await releases.KeepAsync(store.Id, new KeptRelease(made.ToldUntil, made.ToJson()), today, cancellation);
        return ReportRelease.Parse(kept.Content);

        ReleasedBuyer? BuyerOf(AsOfSnapshots customer)
        {
            if (customer.At(until)?.Summary is not { PurchaseDays.IsEmpty: false } known)
            {
                return null;
            }

            var estimate = model.Estimate(known, market, store, until, store.Horizon);
            return ReleasedBuyer.Of(known, Contribution.Of(0, 0, known, estimate, store.MarginBasisPoints), noise, store.Currency);
        }
    }
}
