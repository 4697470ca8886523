namespace ClvOrleans.Grains.Customers;

/// <summary>What became of an event.</summary>
public enum OutcomeKind
{
    /// <summary>It is durable and counts.</summary>
    Recorded,

    /// <summary>It is durable and counted before.</summary>
    Duplicate,

    /// <summary>It does not count.</summary>
    Refused,

    /// <summary>It may be durable or not: it should be sent again.</summary>
    Failed,

    /// <summary>It is of somebody who was erased or is suppressed: nothing of it is kept.</summary>
    Erased,
}
