namespace ClvOrleans.Policies.Deliveries;

/// <summary>
/// When a failed attempt is repeated: the wait doubles from attempt to attempt up to a limit, and is drawn between half of it and all of
/// it, so that what failed together does not come back together ("equal jitter").
/// </summary>
/// <param name="First">The wait after the first attempt, above 0.</param>
/// <param name="Longest">The longest wait.</param>
/// <param name="MostAttempts">After as many attempts it is given up; at least 1.</param>
public sealed record RetryRule(TimeSpan First, TimeSpan Longest, int MostAttempts)
{
    /// <summary>The wait before the next attempt; null where it is given up.</summary>
    /// <param name="attempts">Attempts so far, at least 1.</param>
    /// <param name="draw">A number from 0 to below 1.</param>
    public TimeSpan? WaitAfter(int attempts, double draw) => attempts >= MostAttempts
        ? null
        : Math.Min(First.TotalSeconds * Math.Pow(2, Math.Min(attempts - 1, 40)), Longest.TotalSeconds) is var whole
            ? TimeSpan.FromSeconds((whole / 2) + (whole / 2 * draw))
            : null;
}
