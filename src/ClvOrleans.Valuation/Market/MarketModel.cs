using ClvOrleans.Domain.Market;
using ClvOrleans.Statistics.Lifetime;

namespace ClvOrleans.Valuation.Market;

/// <summary>
/// A lifetime model whose rate of purchases follows the market. Under (M)BG/NBD customers drop out after purchases only, so that the plain
/// formulas hold in effective time; under Pareto/NBD they leave in calendar time, and both clocks meet in an integral over the dropout.
/// </summary>
/// <param name="Baseline">The model of a market in which nothing happens, in weeks: Pareto/NBD, BG/NBD or MBG/NBD.</param>
/// <param name="Effects">What the market does.</param>
public sealed record MarketModel(ILifetimeModel Baseline, MarketEffects Effects)
{
    /// <summary>P(alive) as of a day, purchases after it ignored.</summary>
    /// <param name="purchases">Days of purchase, in order, the first included.</param>
    /// <param name="calendar">The market.</param>
    /// <param name="asOf">The day.</param>
    public double ProbabilityAlive(IReadOnlyList<DateOnly> purchases, MarketCalendar calendar, DateOnly asOf)
    {
        var seen = purchases.TakeWhile(d => d <= asOf).ToArray();
        var clock = new MarketClock(calendar, Effects, seen[0], asOf);
        return Baseline is ParetoNbd pareto && Effects != MarketEffects.None
            ? MarketParetoLogLikelihood.ProbabilityAlive(pareto, clock, seen.Length - 1, clock.IndexOf(seen[^1]), clock.IndexOf(asOf))
            : Baseline.ProbabilityAlive(HistoryOf(seen, clock, asOf));
    }

    /// <summary>Expected purchases in the days after a day, with the market that the calendar foresees.</summary>
    /// <param name="purchases">Days of purchase, in order, the first included; those after the day are ignored.</param>
    /// <param name="calendar">The market.</param>
    /// <param name="asOf">The day.</param>
    /// <param name="until">Last day that counts.</param>
    public double ExpectedPurchases(IReadOnlyList<DateOnly> purchases, MarketCalendar calendar, DateOnly asOf, DateOnly until)
    {
        var seen = purchases.TakeWhile(d => d <= asOf).ToArray();
        var clock = new MarketClock(calendar, Effects, seen[0], until);
        var history = HistoryOf(seen, clock, asOf);
        if (Baseline is not ParetoNbd p || Effects == MarketEffects.None)
        {
            return Baseline.ExpectedPurchases(history, clock.Weeks(asOf, until));
        }

        // The rate is (r + x) / (α + Λ(T)) times the factor of the day, while not dropped out: day by day, by Simpson's rule.
        var left = p.Beta + ((asOf.DayNumber - seen[0].DayNumber) / 7.0);
        var sum = 0.0;
        for (var day = asOf; day < until; day = day.AddDays(1))
        {
            var ahead = (day.DayNumber - asOf.DayNumber) / 7.0;
            sum += clock.Weeks(day, day.AddDays(1)) * (Stays(ahead) + (4 * Stays(ahead + (.5 / 7))) + Stays(ahead + (1 / 7.0))) / 6;
        }

        return ProbabilityAlive(seen, calendar, asOf) * (p.R + history.Repeats) / (p.Alpha + history.Observed) * sum;

        double Stays(double u) => Math.Pow(left / (left + u), p.S);
    }

    private static PurchaseHistory HistoryOf(DateOnly[] seen, MarketClock clock, DateOnly asOf) =>
        new(seen.Length - 1, clock.Weeks(seen[0], seen[^1]), clock.Weeks(seen[0], asOf));
}
