namespace ClvOrleans.Valuation.Features;

/// <summary>Where a feature comes from.</summary>
public enum FeatureGroup
{
    /// <summary>Purchases, their gaps and values, refunds, discounts and coupons.</summary>
    Transaction,

    /// <summary>Visits, browsing, search, carts and checkouts.</summary>
    Behaviour,

    /// <summary>Products and categories.</summary>
    Product,

    /// <summary>Reviews, ratings and shares.</summary>
    Social,

    /// <summary>The store's market calendar.</summary>
    Market,

    /// <summary>What a buy-till-you-die model makes of the purchases.</summary>
    BuyTillYouDie,

    /// <summary>Messages received and followed, and refusals of more.</summary>
    Message,
}
