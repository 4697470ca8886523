namespace ClvOrleans.Model.Market;

/// <summary>The market on one day: the greatest strength of each kind, 0 where there is none.</summary>
/// <param name="Promotion">The store's own promotions.</param>
/// <param name="Season">Seasons.</param>
/// <param name="Competitor">Competitors' activity.</param>
public sealed record MarketFeatures(double Promotion, double Season, double Competitor);
