namespace ClvOrleans.Statistics.Experiments;

/// <summary>What the data do not rule out. A bound that is not there is infinite.</summary>
/// <param name="Lower">Lower bound.</param>
/// <param name="Upper">Upper bound.</param>
public readonly record struct ConfidenceInterval(double Lower, double Upper)
{
    /// <summary>Whether a value lies between the bounds, the bounds included.</summary>
    public bool Contains(double value) => Lower <= value && value <= Upper;
}
