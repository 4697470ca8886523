namespace ClvOrleans.Policies.Deliveries;

/// <summary>What became of a delivery that was to be handed over.</summary>
public enum HandOverResult
{
    /// <summary>Another has taken the shard since: nothing is kept.</summary>
    Fenced,

    /// <summary>Its policy does not act now: it stays as it is, and is due when the policy acts again.</summary>
    Held,

    /// <summary>It is kept as handed over, and counts against the limits.</summary>
    Handed,

    /// <summary>It has ended: its policy was stopped, or a limit would be exceeded; or it had ended before.</summary>
    Ended,
}
