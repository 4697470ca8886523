namespace ClvOrleans.Policies.Deliveries;

/// <summary>What the kill switch and the mode of a policy mean for its deliveries.</summary>
public static class HandOverStandings
{
    /// <summary>What holds for the deliveries of a policy.</summary>
    /// <param name="terms">The terms of all policies.</param>
    /// <param name="mode">The policy's mode; null where it was removed.</param>
    public static HandOverStanding Of(PolicyTerms terms, PolicyMode? mode) => mode switch
    {
        null or PolicyMode.Stopped => HandOverStanding.Stopped,
        PolicyMode.Live when !terms.IsStopped => HandOverStanding.Acts,
        _ => HandOverStanding.Held,
    };
}
