namespace ClvOrleans.Valuation.Ensemble;

/// <summary>When customers are first seen: those of before the data begin in a burst that fades, new ones evenly.</summary>
/// <param name="Start">The day of the first purchase of anyone.</param>
/// <param name="R">Shape of the purchase rates of all customers.</param>
/// <param name="Alpha">Their scale, in weeks of the clock.</param>
/// <param name="Burst">The odds that a customer first seen at the start was one before.</param>
public sealed record Arrivals(DateOnly Start, double R, double Alpha, double Burst)
{
    /// <summary>How many old customers are first seen on a day for one at the start.</summary>
    public double Fading(DateOnly first, SeasonalClock clock) => Math.Pow(Alpha / (Alpha + Math.Max(0, clock.Weeks(Start, first))), R + 1);

    /// <summary>How likely a customer first seen on a day was one before the data begin, in tenths from 0 to 10.</summary>
    public int OldOf(DateOnly first, SeasonalClock clock)
    {
        var odds = Burst * Fading(first, clock);
        return (int)Math.Round((FirstSeen.Tenths - 1) * odds / (1 + odds));
    }
}
