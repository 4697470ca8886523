namespace ClvOrleans.Policies.Experiments;

/// <summary>Where the expected effect of an action comes from.</summary>
public enum EffectSource
{
    /// <summary>Somebody wrote it into the definition; nobody has measured it.</summary>
    Assumed,

    /// <summary>An experiment, or the policy's own holdout, measured it.</summary>
    Measured,
}
