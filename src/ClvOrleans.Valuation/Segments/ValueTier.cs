namespace ClvOrleans.Valuation.Segments;

/// <summary>A customer's place among the store's buyers by predicted value. Messages hold the numbers.</summary>
public enum ValueTier
{
    /// <summary>The best 1 %.</summary>
    Top1 = 0,

    /// <summary>1 to 5 %.</summary>
    Top5 = 1,

    /// <summary>5 to 10 %.</summary>
    Top10 = 2,

    /// <summary>10 to 25 %.</summary>
    Top25 = 3,

    /// <summary>25 to 50 %.</summary>
    Top50 = 4,

    /// <summary>The lower half.</summary>
    Rest = 5,
}
