namespace ClvOrleans.Valuation.Rfm;

/// <summary>The usual names of parts of the grid of recency and frequency.</summary>
public enum RfmGroup
{
    /// <summary>Bought lately, and often.</summary>
    Champions,

    /// <summary>Buy often, the last time not long ago.</summary>
    LoyalCustomers,

    /// <summary>Bought lately, and more than once.</summary>
    PotentialLoyalists,

    /// <summary>Bought lately, hardly more than once.</summary>
    NewCustomers,

    /// <summary>Bought not long ago, hardly more than once.</summary>
    Promising,

    /// <summary>In the middle of both.</summary>
    NeedAttention,

    /// <summary>Bought seldom, and some time ago.</summary>
    AboutToSleep,

    /// <summary>Bought repeatedly, but long ago.</summary>
    AtRisk,

    /// <summary>Bought the most often, but long ago.</summary>
    CannotLose,

    /// <summary>Bought seldom, and long ago.</summary>
    Hibernating,
}
