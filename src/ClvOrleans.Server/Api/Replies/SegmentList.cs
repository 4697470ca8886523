using ClvOrleans.Reports.Tables;

namespace ClvOrleans.Server.Api.Replies;

/// <summary>The report: all segments, always in the same rows.</summary>
internal sealed record SegmentList
{
    /// <summary>When the segments were added up; the same as age.at.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The local calendar day of the store for which the figures hold.</summary>
    public required DateOnly AsOf { get; init; }

    /// <summary>How old the figures are.</summary>
    public required FiguresAge Age { get; init; }

    /// <summary>The currency of all money here, ISO 4217.</summary>
    public required string Currency { get; init; }

    /// <summary>How many days predictions look ahead.</summary>
    public required int HorizonDays { get; init; }

    /// <summary>The promoted model.</summary>
    public required string ModelVersion { get; init; }

    /// <summary>All customers who have bought.</summary>
    public required SegmentValues Total { get; init; }

    /// <summary>Where the tiers begin, best first.</summary>
    public required IReadOnlyList<TierThreshold> Tiers { get; init; }

    /// <summary>
    /// Prospects, then the six tiers of each lifecycle; as of a past day without prospects. Segments without customers are zero.
    /// </summary>
    public required IReadOnlyList<SegmentValues> Segments { get; init; }

    /// <summary>How figures were made private; null where they are exact.</summary>
    public TableNoise? Noise { get; init; }
}
