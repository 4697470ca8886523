namespace ClvOrleans.Valuation.Segments;

/// <summary>A customer's place among the store's buyers by predicted value.</summary>
public enum ValueTier
{
    /// <summary>The best 1 %.</summary>
    Top1,

    /// <summary>1 to 5 %.</summary>
    Top5,

    /// <summary>5 to 10 %.</summary>
    Top10,

    /// <summary>10 to 25 %.</summary>
    Top25,

    /// <summary>25 to 50 %.</summary>
    Top50,

    /// <summary>The lower half.</summary>
    Rest,
}
