using System.Collections.Immutable;
using ClvOrleans.Domain.Market;

namespace ClvOrleans.Simulation;

/// <summary>The simulated store's calendar, the same every year, and how it moves the purchase rates. Days are UTC.</summary>
public sealed class StoreMarket(StoreProcess process)
{
    private readonly Dictionary<int, (MarketCalendar Calendar, double[] Factors)> _years = [];

    /// <summary>The entries of some years, as they go to the store's market calendar.</summary>
    public static ImmutableArray<MarketEntry> Entries(int firstYear, int lastYear) =>
        [.. Enumerable.Range(firstYear, lastYear - firstYear + 1).SelectMany(Year)];

    /// <summary>What the market is like on a day.</summary>
    public MarketFeatures At(DateOnly day) => Of(day.Year).Calendar.At(day);

    /// <summary>The promotion of a day; null where there is none.</summary>
    public MarketEntry? PromotionOn(DateOnly day) =>
        Of(day.Year).Calendar.Entries.Values.FirstOrDefault(e => e.Kind == MarketKind.Promotion && day >= e.From && day <= e.To);

    /// <summary>By how much the rates of a day differ from those of an ordinary one: 1 on most.</summary>
    public double FactorOn(DateOnly day) => Of(day.Year).Factors[day.DayOfYear - 1];

    /// <summary>The length of a time in weeks of ordinary market: the integral of the factor.</summary>
    public double Weeks(DateTimeOffset from, DateTimeOffset to)
    {
        var weeks = 0.0;
        for (var at = from; at < to;)
        {
            var next = Earlier(NextDay(at), to);
            weeks += (next - at).TotalDays / 7 * FactorOn(DateOnly.FromDateTime(at.UtcDateTime));
            at = next;
        }

        return weeks;
    }

    /// <summary>When so many weeks of ordinary market will have passed; null where that is not before the end.</summary>
    internal DateTimeOffset? After(DateTimeOffset from, double weeks, DateTimeOffset end)
    {
        for (var at = from; at < end; at = NextDay(at))
        {
            var factor = FactorOn(DateOnly.FromDateTime(at.UtcDateTime));
            var day = (NextDay(at) - at).TotalDays / 7 * factor;
            if (weeks < day)
            {
                var found = at.AddDays(weeks / factor * 7);
                return found < end ? found : null;
            }

            weeks -= day;
        }

        return null;
    }

    private static IEnumerable<MarketEntry> Year(int year)
    {
        return
        [
            Entry("winter-sale", MarketKind.Promotion, (1, 2), (1, 12), .20),
            Entry("spring-sale", MarketKind.Promotion, (3, 20), (3, 27), .15),
            Entry("spring-gifts", MarketKind.Season, (4, 25), (5, 12), .40),
            Entry("summer-sale", MarketKind.Promotion, (7, 5), (7, 15), .20),
            Entry("rival-opening", MarketKind.Competitor, (9, 8), (9, 28), .50),
            Entry("christmas", MarketKind.Season, (11, 15), (12, 23), .80),
            Entry("black-week", MarketKind.Promotion, (11, 22), (11, 30), .25),
        ];

        MarketEntry Entry(string name, MarketKind kind, (int Month, int Day) from, (int Month, int Day) to, double strength) =>
            new($"{name}-{year}", kind, new DateOnly(year, from.Month, from.Day), new DateOnly(year, to.Month, to.Day), strength);
    }

    private (MarketCalendar Calendar, double[] Factors) Of(int year)
    {
        if (!_years.TryGetValue(year, out var known))
        {
            var calendar = Year(year).Aggregate(MarketCalendar.Empty, (c, entry) => c.With(entry));
            var first = new DateOnly(year, 1, 1);
            var days = DateTime.IsLeapYear(year) ? 366 : 365;
            _years[year] = known = (calendar, [.. Enumerable.Range(0, days).Select(d => FactorOf(calendar.At(first.AddDays(d))))]);
        }

        return known;
    }

    private double FactorOf(MarketFeatures market) => (1 + (process.SeasonLift * market.Season))
        * (1 + (process.PromotionLift * market.Promotion)) * (1 - (process.CompetitorPull * market.Competitor));

    private static DateTimeOffset NextDay(DateTimeOffset at) => new(at.UtcDateTime.Date.AddDays(1), TimeSpan.Zero);

    private static DateTimeOffset Earlier(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;
}
