namespace ClvOrleans.Valuation.Explanations;

/// <summary>What a value was moved by.</summary>
public enum ValueStepKind
{
    /// <summary>One event.</summary>
    Event,

    /// <summary>Days in which nothing happened that the model reads.</summary>
    Time,

    /// <summary>A run of events that the model does not read: the value stayed.</summary>
    Unread,
}
