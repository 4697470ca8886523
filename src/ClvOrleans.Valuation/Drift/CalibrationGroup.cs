namespace ClvOrleans.Valuation.Drift;

/// <summary>A tenth of the buyers: what was predicted and what came.</summary>
/// <param name="Customers">Number of buyers.</param>
/// <param name="Orders">Purchase days.</param>
/// <param name="Value">Net spend, in minor units.</param>
public sealed record CalibrationGroup(long Customers, Level Orders, Level Value)
{
    /// <summary>How often values were within their intervals; null where that was not counted.</summary>
    public IntervalHits? Hits { get; init; }
}
