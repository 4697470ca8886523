namespace ClvOrleans.Valuation.Segments;

/// <summary>What the estimates of a store are to rest on now; an estimate that rests on something else is late.</summary>
/// <param name="Day">Today, by the store's calendar.</param>
/// <param name="Generation">The champion's generation.</param>
/// <param name="Market">The market calendar, as in <see cref="Domain.Market.MarketCalendar.ToVersion"/>.</param>
/// <param name="Definitions">The definitions of segments and policies, as the list of watches names its version.</param>
public sealed record EstimateTerms(DateOnly Day, int Generation, string Market, string Definitions = "");
