namespace ClvOrleans.Contracts.Customers;

/// <summary>
/// What became of something that a customer was asked to make durable. Only <see cref="Done"/> has written anything. Messages hold the
/// numbers.
/// </summary>
public enum CommitStatus
{
    /// <summary>It is durable.</summary>
    Done = 0,

    /// <summary>The customer has become another one, who is to be asked instead.</summary>
    Moved = 1,

    /// <summary>An order among the events belongs to another customer.</summary>
    OrdersTaken = 2,

    /// <summary>More identities would become one customer than may.</summary>
    TooManyIdentities = 3,

    /// <summary>Another writer was there first: nothing was written; the customer may be asked again at once.</summary>
    Fenced = 4,

    /// <summary>The journal's queue is full; the sender should come again in a moment.</summary>
    Full = 5,

    /// <summary>Events among them are of somebody who was erased or is suppressed.</summary>
    Erased = 6,
}
