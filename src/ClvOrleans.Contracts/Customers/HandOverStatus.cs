namespace ClvOrleans.Contracts.Customers;

/// <summary>Whether a delivery may go.</summary>
public enum HandOverStatus
{
    /// <summary>It may.</summary>
    Go = 0,

    /// <summary>It must not, now or later.</summary>
    Stop = 1,

    /// <summary>The customer has become another: ask them.</summary>
    Moved = 2,

    /// <summary>The customer is about to become another: ask again.</summary>
    Busy = 3,
}
