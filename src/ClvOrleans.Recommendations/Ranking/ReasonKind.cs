namespace ClvOrleans.Recommendations.Ranking;

/// <summary>Why a product is recommended.</summary>
public enum ReasonKind
{
    /// <summary>The customer buys it again and again, and its time has come.</summary>
    Due = 0,

    /// <summary>The customer bought it before.</summary>
    BoughtBefore = 1,

    /// <summary>It goes with a product that the customer lately bought or looked at.</summary>
    GoesWith = 2,

    /// <summary>Customers who buy alike buy it.</summary>
    BoughtByAlike = 3,

    /// <summary>Many buy it.</summary>
    Popular = 4,

    /// <summary>It is a dearer product of its category than the customer usually buys.</summary>
    Premium = 5,

    /// <summary>It is at a special price.</summary>
    Promoted = 6,
}
