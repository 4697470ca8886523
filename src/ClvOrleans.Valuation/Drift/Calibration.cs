using System.Collections.Immutable;

namespace ClvOrleans.Valuation.Drift;

/// <summary>A month's predictions beside what came.</summary>
/// <param name="MadeOn">The day as of which they were made.</param>
/// <param name="Until">Last day predicted.</param>
/// <param name="Groups">By predicted value, the least first.</param>
public sealed record Calibration(DateOnly MadeOn, DateOnly Until, ImmutableArray<CalibrationGroup> Groups)
{
    /// <summary>Purchase days of all buyers.</summary>
    public Level Orders => Groups.Select(g => g.Orders).Aggregate((a, b) => a + b);

    /// <summary>Net spend of all buyers, in minor units.</summary>
    public Level Value => Groups.Select(g => g.Value).Aggregate((a, b) => a + b);

    /// <summary>How often values of all buyers were within their intervals; null where that was not counted.</summary>
    public IntervalHits? Hits =>
        Groups.Select(g => g.Hits).OfType<IntervalHits>().Aggregate(default(IntervalHits), (a, b) => a is null ? b : a + b);
}
