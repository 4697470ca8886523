using ClvOrleans.Contracts.Segments;
using ClvOrleans.Grains.Market;
using ClvOrleans.Grains.Models;
using ClvOrleans.Server.Stores;
using ClvOrleans.Storage.CustomerRows;
using ClvOrleans.Valuation.Segments;

namespace ClvOrleans.Server.Api;

/// <summary>
/// The report as of an earlier day: every buyer's row is cut at that day and valued by today's model. One customer after the other, so
/// that memory does not grow with the store; one report at a time.
/// </summary>
internal sealed class PastSegments(OneStore store, ICustomerRows heads, IChampions champions, MarketCache markets, TimeProvider time)
{
    private int _running;

    /// <summary>The report; null while another one is being made.</summary>
    public async Task<SegmentReport?> FindAsync(DateOnly day, CancellationToken cancellation)
    {
        if (Interlocked.Exchange(ref _running, 1) == 1)
        {
            return null;
        }

        try
        {
            return await Task.Run(() => ReportAsync(day, cancellation), cancellation);
        }
        finally
        {
            Volatile.Write(ref _running, 0);
        }
    }

    private async Task<SegmentReport> ReportAsync(DateOnly day, CancellationToken cancellation)
    {
        var (settings, market) = (store.Settings, await markets.OfAsync(store.Settings.Id));
        var model = champions.Find(settings.Id).Model;
        var cells = new Dictionary<SegmentCell, SegmentSums>();
        await foreach (var summary in heads.SummariesAsync(settings.Id, cancellation))
        {
            cancellation.ThrowIfCancellationRequested();
            if (summary.FirstSeen > day || summary.PurchaseDays.IsEmpty || summary.PurchaseDays[0].Day > day)
            {
                continue;
            }

            var then = summary.AsOf(day);
            var estimate = model.Estimate(then, market, settings, day, settings.Horizon);
            var added = Contribution.Of(0, 0, then, estimate, settings.MarginBasisPoints);
            var cell = added.Cell!.Value;
            cells[cell] = cells.GetValueOrDefault(cell) + added.Sums;
        }

        return Cut(day, cells);
    }

    private SegmentReport Cut(DateOnly day, Dictionary<SegmentCell, SegmentSums> cells)
    {
        var thresholds = TierThresholds.Of(cells.GroupBy(c => c.Key.Bucket).ToDictionary(g => g.Key, g => g.Sum(c => c.Value.Customers)));
        var rows = from lifecycle in Enum.GetValues<Lifecycle>()
                   where lifecycle != Lifecycle.Prospect
                   from tier in Enum.GetValues<ValueTier>()
                   select new SegmentRow(lifecycle, tier, cells
                       .Where(c => c.Key.Lifecycle == lifecycle && thresholds.TierOf(c.Key.Bucket) == tier)
                       .Aggregate(default(SegmentSums), (sum, c) => sum + c.Value));
        return new SegmentReport(time.GetUtcNow(), thresholds, [.. rows], day, 0);
    }
}
