namespace ClvOrleans.Domain.Market;

/// <summary>The market on one day: the greatest strength of each kind, 0 where there is none.</summary>
/// <param name="Promotion">The store's own promotions, 0 to 1.</param>
/// <param name="Season">Seasons, 0 to 1.</param>
/// <param name="Competitor">Competitors' activity, 0 to 1.</param>
/// <param name="DaysSinceLast">Days since the last entry of any kind that is over has ended; null where none is over.</param>
/// <param name="DaysUntilNext">Days until the next entry of any kind begins; null where none is to come.</param>
public sealed record MarketFeatures(
    double Promotion, double Season, double Competitor, int? DaysSinceLast = null, int? DaysUntilNext = null);
