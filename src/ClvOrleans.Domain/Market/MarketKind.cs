namespace ClvOrleans.Domain.Market;

/// <summary>What moves a market.</summary>
public enum MarketKind
{
    /// <summary>A promotion of the store itself.</summary>
    Promotion,

    /// <summary>A season, such as the weeks before Christmas.</summary>
    Season,

    /// <summary>Activity of a competitor.</summary>
    Competitor,
}
