namespace ClvOrleans.Policies;

/// <summary>What makes a policy look at a customer.</summary>
public enum TriggerKind
{
    /// <summary>The customer enters a segment.</summary>
    SegmentEntered,

    /// <summary>The customer leaves a segment.</summary>
    SegmentLeft,

    /// <summary>A rule comes to hold.</summary>
    RuleHolds,

    /// <summary>The predicted value has moved.</summary>
    ValueMoved,

    /// <summary>An event happens.</summary>
    EventHappened,
}
