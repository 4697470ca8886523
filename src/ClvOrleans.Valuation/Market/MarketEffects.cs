using ClvOrleans.Domain.Market;

namespace ClvOrleans.Valuation.Market;

/// <summary>What the market does to the rate of purchases: on a day of features z customers buy e^(γ·z) times as often.</summary>
/// <param name="Promotion">γ of the store's own promotions.</param>
/// <param name="Season">γ of seasons.</param>
/// <param name="Competitor">γ of competitors' activity.</param>
public sealed record MarketEffects(double Promotion, double Season, double Competitor)
{
    /// <summary>No effects.</summary>
    public static MarketEffects None { get; } = new(0, 0, 0);

    /// <summary>The factor of a day.</summary>
    public double Factor(MarketFeatures day) =>
        Math.Exp((Promotion * day.Promotion) + (Season * day.Season) + (Competitor * day.Competitor));
}
