using ClvOrleans.Training.Histories;
using ClvOrleans.Valuation.Clusters;
using ClvOrleans.Valuation.Rfm;
using ClvOrleans.Valuation.Segments;

namespace ClvOrleans.Training.Segments;

/// <summary>Parts the buyers of a store: the cuts of recency, frequency and money, and the clusters.</summary>
public static class SegmentationFit
{
    /// <summary>The segmentation of a history.</summary>
    /// <param name="past">The history.</param>
    /// <param name="former">The clusters that the store has; null where it never had any.</param>
    /// <param name="log">Told what came of it.</param>
    /// <param name="cancellation">Stops between fits.</param>
    public static Segmentation Of(
        StoreHistory past, Clustering? former, Action<string>? log = null, CancellationToken cancellation = default)
    {
        var buyers = past.Customers.Select(c => c.Summary)
            .Where(c => !c.PurchaseDays.IsEmpty && c.PurchaseDays[0].Day <= past.End).ToArray();
        var cuts = RfmCuts.Of([.. buyers.Select(c => (past.End.DayNumber - c.PurchaseDays[^1].Day.DayNumber, c.Orders, c.Net))]);
        var clustering = ClusterFit.Of(buyers, past.End, former, cancellation);
        log?.Invoke($"clusters: {clustering.Reason}");
        return new Segmentation(cuts, clustering);
    }
}
