namespace ClvOrleans.Policies.Experiments;

/// <summary>What an experiment says of an arm by its stop rule.</summary>
public enum Verdict
{
    /// <summary>Not decided yet.</summary>
    Undecided,

    /// <summary>The arms have not the sizes of their shares: something adds or removes units, and no effect can be believed.</summary>
    SampleRatioMismatch,

    /// <summary>The arm is better than the control, and no guardrail is harmed.</summary>
    Better,

    /// <summary>The arm is worse than the control.</summary>
    Worse,

    /// <summary>A guardrail is harmed.</summary>
    Harmed,

    /// <summary>The experiment is over, and no effect was found.</summary>
    NoEffectFound,
}
