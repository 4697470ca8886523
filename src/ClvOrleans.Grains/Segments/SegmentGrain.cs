using ClvOrleans.Contracts;
using ClvOrleans.Contracts.Segments;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Valuation.Segments;
using Microsoft.Extensions.Logging;

namespace ClvOrleans.Grains.Segments;

/// <inheritdoc cref="ISegmentGrain" />
[GrainType("segment")]
public sealed partial class SegmentGrain(TimeProvider time, ILogger<SegmentGrain> logger) : Grain, ISegmentGrain
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);
    private SegmentReport? _report;
    private long _madeAt;

    /// <inheritdoc />
    public async Task<SegmentReport> ReportAsync()
    {
        if (_report is not null && time.GetElapsedTime(_madeAt) < Longest)
        {
            return Aged(_report);
        }

        var (now, madeAt) = (time.GetUtcNow(), time.GetTimestamp());
        var store = GrainKeys.ToStore(this.GetPrimaryKeyString());
        try
        {
            _report = Merge(now, await Task.WhenAll(
                Enumerable.Range(0, CustomerId.Shards).Select(shard => GrainFactory.GetShard(store, shard).SumAsync())));
            _madeAt = madeAt;
        }
        catch (Exception e) when (_report is not null)
        {
            // The last report still holds for the time that it states.
            LogNotMerged(e, _report.At);
        }

        return Aged(_report);
    }

    // By a clock that nobody puts back: a report of the future would stand until then.
    private SegmentReport Aged(SegmentReport report) => report with { Age = time.GetElapsedTime(_madeAt) };

    private static SegmentReport Merge(DateTimeOffset now, ShardSums[] shards)
    {
        var cells = shards.SelectMany(s => s.Cells).ToList();
        var buyers = cells.Where(c => c.Key.Lifecycle != Lifecycle.Prospect)
            .GroupBy(c => c.Key.Bucket)
            .ToDictionary(g => g.Key, g => g.Sum(c => c.Value.Customers));
        var thresholds = TierThresholds.Of(buyers);
        var sums = cells
            .GroupBy(c => TierOf(c.Key))
            .ToDictionary(g => g.Key, g => g.Aggregate(default(SegmentSums), (sum, c) => sum + c.Value));
        return new SegmentReport(
            now, thresholds, [.. Segments().Select(s => new SegmentRow(s.Lifecycle, s.Tier, sums.GetValueOrDefault(s)))],
            shards.Min(s => s.OldestEstimate), shards.Sum(s => s.Waiting),
            shards.Sum(s => s.Failed));

        (Lifecycle Lifecycle, ValueTier? Tier) TierOf(SegmentCell cell) =>
            (cell.Lifecycle, cell.Lifecycle == Lifecycle.Prospect ? null : thresholds.TierOf(cell.Bucket));
    }

    // All of them, so that a report always has the same rows.
    private static IEnumerable<(Lifecycle Lifecycle, ValueTier? Tier)> Segments() => Enum.GetValues<Lifecycle>()
        .SelectMany(lifecycle => lifecycle == Lifecycle.Prospect
            ? [(lifecycle, (ValueTier?)null)]
            : Enum.GetValues<ValueTier>().Select(tier => (lifecycle, (ValueTier?)tier)));

    [LoggerMessage(4003, LogLevel.Warning, "The segments were not merged; the report of {At} stands.")]
    private partial void LogNotMerged(Exception error, DateTimeOffset at);
}
