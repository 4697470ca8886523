using static ClvOrleans.Valuation.Features.FeatureShape;

namespace ClvOrleans.Valuation.Features;

/// <summary>The store's market on the day: the same for all customers, and so of use where several days are learned from.</summary>
internal static class MarketDayFeatures
{
    public static IEnumerable<Feature> All =>
    [
        Of("promotion", "strength", Level, "Promotion today", i => i.Market.Promotion),
        Of("season", "strength", Level, "Season today", i => i.Market.Season),
        Of("competitor", "strength", Level, "Competitors today", i => i.Market.Competitor),
    ];

    private static Feature Of(string name, string unit, FeatureShape shape, string meaning, Func<FeatureInput, double> read) =>
        new(name, unit, FeatureGroup.Market, shape, meaning) { Read = read };
}
