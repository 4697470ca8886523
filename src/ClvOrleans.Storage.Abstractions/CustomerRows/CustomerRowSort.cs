namespace ClvOrleans.Storage.CustomerRows;

/// <summary>What a list of customers is sorted by, the greatest first.</summary>
public enum CustomerRowSort
{
    /// <summary>Predicted value over the store's horizon.</summary>
    Predicted,

    /// <summary>Value of the past, net of refunds.</summary>
    Historic,

    /// <summary>Revenue at risk: what the customer would bring if alive, times the probability that they have left.</summary>
    AtRisk,

    /// <summary>Day of the latest event.</summary>
    LastSeen,
}
