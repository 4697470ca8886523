namespace ClvOrleans.Domain.Customers;

/// <summary>How the time zone of a customer is known, the best first.</summary>
public enum ZoneSource
{
    /// <summary>The customer's trait <c>timezone</c>.</summary>
    Trait,

    /// <summary>The context of their latest event that named one.</summary>
    Event,

    /// <summary>It is not: the store's.</summary>
    Store,
}
