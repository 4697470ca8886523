namespace ClvOrleans.Contracts.Customers;

/// <summary>What became of something that a customer was asked to make durable. Only <see cref="Done"/> has written anything.</summary>
public enum CommitStatus
{
    /// <summary>It is durable.</summary>
    Done,

    /// <summary>The customer has become another one, who is to be asked instead.</summary>
    Moved,

    /// <summary>An order among the events belongs to another customer.</summary>
    OrdersTaken,

    /// <summary>More identities would become one customer than may.</summary>
    TooManyIdentities,

    /// <summary>Another writer was there first: nothing was written; the customer may be asked again at once.</summary>
    Fenced,

    /// <summary>The journal's queue is full; the sender should come again in a moment.</summary>
    Full,
}
