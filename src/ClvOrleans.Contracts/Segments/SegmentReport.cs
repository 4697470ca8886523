using System.Collections.Immutable;
using ClvOrleans.Valuation.Segments;

namespace ClvOrleans.Contracts.Segments;

/// <summary>
/// What the customers of a store add up to, by lifecycle and tier, and the thresholds of the tiers. Commits up to <see cref="At"/> are in.
/// <see cref="Waiting"/> estimates are of another day (none before <see cref="OldestEstimate"/>), model or market calendar; of these, a
/// model has failed on <see cref="Failed"/>, which are tried again with the next day, model or calendar. <see cref="Age"/> is how long ago
/// the report was made, whatever became of the clock since.
/// </summary>
[Immutable, GenerateSerializer, Alias("clv.segments")]
public sealed record SegmentReport(
    [property: Id(0)] DateTimeOffset At, [property: Id(1)] TierThresholds Thresholds, [property: Id(2)] ImmutableArray<SegmentRow> Rows,
    [property: Id(3)] DateOnly OldestEstimate, [property: Id(4)] long Waiting, [property: Id(5)] long Failed = 0,
    [property: Id(6)] TimeSpan Age = default)
{
    /// <summary>
    /// What the members of each own segment add up to, by name; null where none are counted. Segments without members are left out.
    /// </summary>
    [Id(7)]
    public ImmutableSortedDictionary<string, SegmentSums>? OwnSegments { get; init; }

    /// <summary>
    /// Revision of the definitions of own segments. Of <see cref="Waiting"/> customers the membership may be that of an earlier one;
    /// where none wait, the counts are those of this revision.
    /// </summary>
    [Id(8)]
    public long Definitions { get; init; }

    /// <summary>What the customers of each cell of the RFM grid add up to, by its name; cells without customers are left out.</summary>
    [Id(9)]
    public ImmutableSortedDictionary<string, SegmentSums>? Rfm { get; init; }

    /// <summary>What the customers of each cluster add up to, by id; clusters without customers are left out.</summary>
    [Id(10)]
    public ImmutableSortedDictionary<string, SegmentSums>? Clusters { get; init; }

    /// <summary>The rows of who has bought.</summary>
    public IEnumerable<SegmentRow> BuyerRows => Rows.Where(r => r.Lifecycle != Lifecycle.Prospect);

    /// <summary>
    /// The report of what some cells add up to: tiers are the ranks of the buyers in it, and all segments have a row, so that reports
    /// always have the same rows.
    /// </summary>
    /// <param name="at">When it was made.</param>
    /// <param name="cells">The cells; one may come again, as that of another shard.</param>
    /// <param name="lifecycles">Those that it tells of.</param>
    /// <param name="oldestEstimate">The oldest day of an estimate in it.</param>
    public static SegmentReport Of(
        DateTimeOffset at, IReadOnlyCollection<KeyValuePair<SegmentCell, SegmentSums>> cells, IEnumerable<Lifecycle> lifecycles,
        DateOnly oldestEstimate)
    {
        var thresholds = TierThresholds.Of(cells.Where(c => c.Key.Lifecycle != Lifecycle.Prospect)
            .GroupBy(c => c.Key.Bucket).ToDictionary(g => g.Key, g => g.Sum(c => c.Value.Customers)));
        var sums = cells.GroupBy(c => (c.Key.Lifecycle, Tier: TierOf(c.Key)))
            .ToDictionary(g => g.Key, g => g.Aggregate(default(SegmentSums), (sum, c) => sum + c.Value));
        var rows = from lifecycle in lifecycles
                   from tier in TiersOf(lifecycle)
                   select new SegmentRow(lifecycle, tier, sums.GetValueOrDefault((lifecycle, tier)));
        return new SegmentReport(at, thresholds, [.. rows], oldestEstimate, 0);

        ValueTier? TierOf(SegmentCell cell) => cell.Lifecycle == Lifecycle.Prospect ? null : thresholds.TierOf(cell.Bucket);
    }

    // Prospects have no value to rank by.
    private static IEnumerable<ValueTier?> TiersOf(Lifecycle lifecycle) =>
        lifecycle == Lifecycle.Prospect ? [null] : Enum.GetValues<ValueTier>().Cast<ValueTier?>();
}
