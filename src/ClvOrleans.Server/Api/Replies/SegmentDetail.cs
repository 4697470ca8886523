using ClvOrleans.Reports.Tables;

namespace ClvOrleans.Server.Api.Replies;

/// <summary>One segment, or one lifecycle with its tiers.</summary>
internal sealed record SegmentDetail
{
    /// <summary>When the segments were added up; the same as age.at.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>How old the figures are.</summary>
    public required FiguresAge Age { get; init; }

    /// <summary>The currency of all money here, ISO 4217.</summary>
    public required string Currency { get; init; }

    /// <summary>What was asked for, added up.</summary>
    public required SegmentValues Total { get; init; }

    /// <summary>The segments that it consists of.</summary>
    public required IReadOnlyList<SegmentValues> Segments { get; init; }

    /// <summary>Address of its customers, the most valuable first.</summary>
    public required string Customers { get; init; }

    /// <summary>How figures were made private; null where they are exact.</summary>
    public TableNoise? Noise { get; init; }
}
