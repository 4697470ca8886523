namespace ClvOrleans.Policies.Experiments;

/// <summary>What is known of a guardrail.</summary>
public enum GuardrailStanding
{
    /// <summary>The accepted harm is neither certain nor ruled out.</summary>
    Undecided,

    /// <summary>A greater harm than the accepted one is ruled out.</summary>
    Holds,

    /// <summary>There is more harm than the accepted one.</summary>
    Harmed,
}
