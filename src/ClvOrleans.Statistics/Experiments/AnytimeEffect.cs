namespace ClvOrleans.Statistics.Experiments;

/// <summary>
/// An effect that may be read at any time and as often as one likes: over all looks together the interval misses the truth with probability
/// α at most, and the experiment may be stopped at the first look that decides.
/// </summary>
/// <param name="Estimate">Treated less control, absolute or relative.</param>
/// <param name="Interval">The interval of the confidence sequence at this look.</param>
/// <param name="EValue">Evidence against "no effect", at least 0: it ever reaches 1/α with probability α at most if there is none.</param>
public sealed record AnytimeEffect(double Estimate, ConfidenceInterval Interval, double EValue)
{
    /// <summary>The anytime-valid p-value of this look, 0 to 1. The least one of all looks so far is valid, too.</summary>
    public double PValue => EValue > 1 ? 1 / EValue : 1;
}
