using ClvOrleans.Domain.Segments;

namespace ClvOrleans.Valuation.Drift;

/// <summary>What was predicted of a group of buyers together, kept when it was predicted; undiscounted, in minor units.</summary>
public sealed record PredictedTotal
{
    /// <summary>The group of all buyers.</summary>
    public const string Store = "total";

    /// <summary>What the groups of own segments begin with.</summary>
    public const string Own = "segment:";

    /// <summary>The probability that intervals are to hold what comes.</summary>
    public const double Level = .8;

    /// <summary>The model version.</summary>
    public required string Model { get; init; }

    /// <summary>The local day as of which it was predicted; the days after it are predicted.</summary>
    public required DateOnly MadeOn { get; init; }

    /// <summary>Number of days predicted.</summary>
    public required int Days { get; init; }

    /// <summary>
    /// The buyers: <see cref="Store"/>, those of a lifecycle by its name, or those of an own segment by <see cref="GroupOf"/>.
    /// </summary>
    public required string Group { get; init; }

    /// <summary>Number of buyers.</summary>
    public required long Customers { get; init; }

    /// <summary>Their expected net spend.</summary>
    public required double Expected { get; init; }

    /// <summary>Lower end of the central interval of what they spend together.</summary>
    public required double Lower { get; init; }

    /// <summary>Upper end of it.</summary>
    public required double Upper { get; init; }

    /// <summary>What came of it; null before it was compared.</summary>
    public TotalOutcome? Outcome { get; init; }

    /// <summary>The own segment that the buyers were members of; null of other groups.</summary>
    public SegmentId? Segment => Group.StartsWith(Own, StringComparison.Ordinal) ? new SegmentId(Group[Own.Length..]) : null;

    /// <summary>Last of the days predicted.</summary>
    public DateOnly Until => MadeOn.AddDays(Days);

    /// <summary>Whether what came was within the interval; null before it was compared.</summary>
    public bool? IsHeld => Outcome is { } o ? o.Actual >= Lower && o.Actual <= Upper : null;

    /// <summary>ln(actual / expected), above 0 where too little was expected; null where either is nothing.</summary>
    public double? LogRatio => Outcome is { Actual: > 0 } o && Expected > 0 ? Math.Log(o.Actual / Expected) : null;

    /// <summary>The group of the members of an own segment.</summary>
    public static string GroupOf(SegmentId segment) => Own + segment.Value;
}
