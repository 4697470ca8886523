namespace ClvOrleans.Policies;

/// <summary>What was decided. Stored by name: never renamed.</summary>
public enum DecisionOutcome
{
    /// <summary>The action is handed over for delivery.</summary>
    Acted,

    /// <summary>It would have been taken, but the customer is held out: a ghost, with which those who got it are compared.</summary>
    HeldOut,

    /// <summary>It is not taken; the reason says why.</summary>
    Suppressed,

    /// <summary>It would have been taken if the policy were live.</summary>
    Shadow,

    /// <summary>
    /// It is not taken yet: waiting is worth more, or a step of a flow waits. Looked at again at the instant that it names.
    /// </summary>
    Waiting,
}
