using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Market;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Statistics.Lifetime;

namespace ClvOrleans.Valuation.Market;

/// <summary>
/// Translates between the calendar and a model's time, which runs as fast as the market makes customers buy. Keeps its latest clock.
/// </summary>
internal sealed class MarketTime(MarketEffects effects)
{
    private const int DaysAhead = 3_660;
    private volatile Clock? _latest;

    /// <summary>What the market does.</summary>
    public MarketEffects Effects => effects;

    /// <summary>Whether the market does anything.</summary>
    public bool Moves => effects != MarketEffects.None;

    /// <summary>A customer's history in the model's weeks.</summary>
    public PurchaseHistory HistoryOf(CustomerSummary customer, PurchaseHistory calendar, MarketCalendar market, DateOnly asOf) => Moves
        ? HistoryOf(calendar.Repeats, customer.PurchaseDays[0].Day, customer.PurchaseDays[(int)calendar.Repeats].Day, market, asOf)
        : calendar;

    /// <summary>The history of purchases of which the first and the last day are known, in the model's weeks.</summary>
    public PurchaseHistory HistoryOf(double repeats, DateOnly first, DateOnly last, MarketCalendar market, DateOnly asOf)
    {
        if (!Moves)
        {
            return new PurchaseHistory(repeats, (last.DayNumber - first.DayNumber) / 7.0, (asOf.DayNumber - first.DayNumber) / 7.0);
        }

        var clock = ClockOf(market, first, asOf);
        return new PurchaseHistory(repeats, clock.Weeks(first, last), clock.Weeks(first, asOf));
    }

    /// <summary>The model's weeks in a number of days after a day.</summary>
    public double Weeks(MarketCalendar market, DateOnly asOf, Horizon horizon) =>
        !Moves ? horizon.Weeks : ClockOf(market, asOf, asOf).Weeks(asOf, asOf.AddDays(horizon.Days));

    /// <summary>The days after a day in which a number of the model's weeks pass; null where it is more than ten years.</summary>
    public double? Days(MarketCalendar market, DateOnly asOf, double weeks)
    {
        if (!Moves)
        {
            return weeks * 7;
        }

        var clock = ClockOf(market, asOf, asOf);
        for (var (day, passed) = (0, 0.0); day < DaysAhead; day++)
        {
            var next = clock.Weeks(asOf, asOf.AddDays(day + 1));
            if (next >= weeks)
            {
                return day + ((weeks - passed) / (next - passed));
            }

            passed = next;
        }

        return null;
    }

    private MarketClock ClockOf(MarketCalendar market, DateOnly from, DateOnly asOf)
    {
        var (latest, until) = (_latest, asOf.AddDays(DaysAhead));
        if (latest is null || !ReferenceEquals(latest.Market, market) || !latest.Time.Covers(from, until))
        {
            // From the start of a year, so that a store's clock is made a few times and not once a customer.
            latest = new Clock(market, new MarketClock(market, effects, new DateOnly(from.Year, 1, 1), until));
            _latest = latest;
        }

        return latest.Time;
    }

    private sealed record Clock(MarketCalendar Market, MarketClock Time);
}
