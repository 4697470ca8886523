using ClvOrleans.Contracts.Segments;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Grains.Market;
using ClvOrleans.Grains.Models;
using ClvOrleans.Grains.Trainings;
using ClvOrleans.Server.Http;
using ClvOrleans.Server.Stores;
using ClvOrleans.Valuation.Segments;

namespace ClvOrleans.Server.Api;

/// <summary>
/// The report as of an earlier day: every buyer as known at the end of that day, valued by today's model. Customers are folded where their
/// events are, as for a training; of each only a few numbers are kept here. One report at a time.
/// </summary>
internal sealed class PastSegments(OneStore store, ShardCollector shards, IChampions champions, MarketCache markets, TimeProvider time)
{
    private readonly OneAtATime _turn = new();

    /// <summary>The report; null while another one is being made.</summary>
    public Task<SegmentReport?> FindAsync(DateOnly day, CancellationToken cancellation) =>
        _turn.TryRunAsync(() => ReportAsync(day, cancellation), cancellation);

    private async Task<SegmentReport> ReportAsync(DateOnly day, CancellationToken cancellation)
    {
        var (settings, market) = (store.Settings, await markets.OfAsync(store.Settings.Id));
        var model = champions.Find(settings.Id).Model;
        var buyers = await shards.CollectAsync(settings.Id, [day], CellOf, null, cancellation);
        return SegmentReport.Of(time.GetUtcNow(), buyers, Enum.GetValues<Lifecycle>().Where(l => l != Lifecycle.Prospect), day);

        KeyValuePair<SegmentCell, SegmentSums> CellOf(AsOfSnapshots customer)
        {
            var known = customer.At(day)!.Summary;
            var estimate = model.Estimate(known, market, settings, day, settings.Horizon);
            var contribution = Contribution.Of(0, 0, known, estimate, settings.MarginBasisPoints);
            return KeyValuePair.Create(contribution.Cell!.Value, contribution.Sums);
        }
    }
}
