namespace ClvOrleans.Recommendations.Ranking;

/// <summary>Which prices are put forward to a customer.</summary>
public enum PriceAppeal
{
    /// <summary>None before others.</summary>
    Any = 0,

    /// <summary>Dearer products of a category than the customer usually buys: to valuable customers.</summary>
    Premium = 1,

    /// <summary>Products at a special price, and cheaper ones than the customer usually buys: to customers who look at prices.</summary>
    Promotion = 2,
}
