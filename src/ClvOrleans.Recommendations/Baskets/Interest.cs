namespace ClvOrleans.Recommendations.Baskets;

/// <summary>What a visitor last did with a product. The numbers are stored.</summary>
public enum Interest
{
    /// <summary>Looked at it.</summary>
    Viewed = 0,

    /// <summary>Took it out of the cart.</summary>
    Removed = 1,

    /// <summary>Put it on the wishlist.</summary>
    Wished = 2,

    /// <summary>Put it into the cart.</summary>
    InCart = 3,
}
