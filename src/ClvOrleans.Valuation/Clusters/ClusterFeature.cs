namespace ClvOrleans.Valuation.Clusters;

/// <summary>
/// What clusters are told apart by: length, recency, frequency and money (LRFM, Chang and Tsay 2004). Only recency moves while a customer
/// does nothing.
/// </summary>
public enum ClusterFeature
{
    /// <summary>Days from the first purchase to the last.</summary>
    Length,

    /// <summary>Days since the last purchase.</summary>
    Recency,

    /// <summary>Orders.</summary>
    Frequency,

    /// <summary>Value of an order net of refunds, in minor units.</summary>
    OrderValue,
}
