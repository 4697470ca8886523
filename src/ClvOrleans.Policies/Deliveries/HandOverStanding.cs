namespace ClvOrleans.Policies.Deliveries;

/// <summary>What holds for the deliveries of a policy.</summary>
public enum HandOverStanding
{
    /// <summary>They are handed over.</summary>
    Acts,

    /// <summary>They wait: the kill switch is on, or the policy is paused or only looks on.</summary>
    Held,

    /// <summary>They are cancelled: the policy was stopped or removed.</summary>
    Stopped,
}
