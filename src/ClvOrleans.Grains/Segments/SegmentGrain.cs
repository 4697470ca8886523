using System.Collections.Immutable;
using ClvOrleans.Contracts;
using ClvOrleans.Contracts.Segments;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Grains.Stores;
using ClvOrleans.Valuation.Segments;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ClvOrleans.Grains.Segments;

/// <inheritdoc cref="ISegmentGrain" />
[GrainType("segment")]
public sealed partial class SegmentGrain(
    IStores stores, TimeProvider time, IHostApplicationLifetime lifetime, ILogger<SegmentGrain> logger)
    : Grain, ISegmentGrain
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
                stores.Find(store).Shards.All.Select(shard => GrainFactory.GetShard(store, shard).SumAsync())));
            _madeAt = madeAt;
        }
        catch (Exception e) when (_report is not null)
        {
            // The last report still holds for the time that it states.
            if (!lifetime.ApplicationStopping.IsCancellationRequested)
            {
                LogNotMerged(e, _report.At);
            }
        }

        return Aged(_report);
    }

    // By a clock that nobody puts back: a report of the future would stand until then.
    private SegmentReport Aged(SegmentReport report) => report with { Age = time.GetElapsedTime(_madeAt) };

    private static SegmentReport Merge(DateTimeOffset now, ShardSums[] shards) =>
        SegmentReport.Of(now, [.. shards.SelectMany(s => s.Cells)], Enum.GetValues<Lifecycle>(), shards.Min(s => s.OldestEstimate)) with
        {
            Waiting = shards.Sum(s => s.Waiting),
            Failed = shards.Sum(s => s.Failed),
            Definitions = shards.Min(s => s.Definitions),
            OwnSegments = Merge(shards.Select(s => s.OwnSegments)),
            Rfm = Merge(shards.Select(s => s.Rfm)),
            Clusters = Merge(shards.Select(s => s.Clusters)),
        };

    private static ImmutableSortedDictionary<string, SegmentSums> Merge(
        IEnumerable<ImmutableSortedDictionary<string, SegmentSums>?> shards) =>
        shards.SelectMany(s => s ?? ImmutableSortedDictionary<string, SegmentSums>.Empty)
            .GroupBy(s => s.Key, StringComparer.Ordinal)
            .ToImmutableSortedDictionary(
                g => g.Key, g => g.Aggregate(default(SegmentSums), (sum, s) => sum + s.Value), StringComparer.Ordinal);

    [LoggerMessage(4003, LogLevel.Warning, "The segments were not merged; the report of {At} stands.")]
    private partial void LogNotMerged(Exception error, DateTimeOffset at);
}
