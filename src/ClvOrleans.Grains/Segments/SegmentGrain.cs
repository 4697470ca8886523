using ClvOrleans.Contracts;
using ClvOrleans.Model.Customers;
using ClvOrleans.Model.Segments;

namespace ClvOrleans.Grains.Segments;

/// <inheritdoc cref="ISegmentGrain" />
public sealed class SegmentGrain(TimeProvider time) : Grain, ISegmentGrain
{
    private static readonly TimeSpan Age = TimeSpan.FromSeconds(1);
    private SegmentReport? _report;

    /// <inheritdoc />
    public async Task<SegmentReport> ReportAsync()
    {
        var now = time.GetUtcNow();
        if (_report is { } known && now - known.At < Age)
        {
            return known;
        }

        var store = GrainKeys.ToStore(this.GetPrimaryKeyString());
        var shards = await Task.WhenAll(Enumerable.Range(0, CustomerId.Shards).Select(shard => GrainFactory.GetShard(store, shard).SumAsync()));
        _report = Merge(now, shards.SelectMany(s => s.Cells));
        return _report;
    }

    private static SegmentReport Merge(DateTimeOffset now, IEnumerable<KeyValuePair<SegmentCell, SegmentSums>> cells)
    {
        var all = cells.ToList();
        var buyers = all.Where(c => c.Key.Lifecycle != Lifecycle.Prospect)
            .GroupBy(c => c.Key.Bucket)
            .ToDictionary(g => g.Key, g => g.Sum(c => c.Value.Customers));
        var thresholds = TierThresholds.Of(buyers);
        var rows = all
            .GroupBy(c => (c.Key.Lifecycle, Tier: c.Key.Lifecycle == Lifecycle.Prospect ? (ValueTier?)null : thresholds.TierOf(c.Key.Bucket)))
            .Select(g => new SegmentRow(g.Key.Lifecycle, g.Key.Tier, g.Aggregate(default(SegmentSums), (sum, c) => sum + c.Value)))
            .OrderBy(r => r.Lifecycle).ThenBy(r => r.Tier);
        return new SegmentReport(now, thresholds, [.. rows]);
    }
}
