using ClvOrleans.Model.Covariates;
using ClvOrleans.Model.Customers;
using ClvOrleans.Model.Lifetime;
using ClvOrleans.Model.Market;

namespace ClvOrleans.Model.Estimates;

/// <summary>
/// Translates between the calendar and a model's time, which runs as fast as the market makes customers buy. Keeps its latest clock.
/// </summary>
internal sealed class MarketTime(MarketEffects effects)
{
    private const int DaysAhead = 3_660;
    private volatile Clock? _latest;

    /// <summary>A customer's history in the model's weeks.</summary>
    public PurchaseHistory HistoryOf(CustomerSummary customer, PurchaseHistory calendar, MarketCalendar market, DateOnly asOf)
    {
        if (effects == MarketEffects.None)
        {
            return calendar;
        }

        var first = customer.PurchaseDays[0].Day;
        var clock = ClockOf(market, first, asOf);
        var last = customer.PurchaseDays[(int)calendar.Repeats].Day;
        return new PurchaseHistory(calendar.Repeats, clock.Weeks(first, last), clock.Weeks(first, asOf));
    }

    /// <summary>The model's weeks in a number of days after a day.</summary>
    public double Weeks(MarketCalendar market, DateOnly asOf, Horizon horizon) =>
        effects == MarketEffects.None ? horizon.Weeks : ClockOf(market, asOf, asOf).Weeks(asOf, asOf.AddDays(horizon.Days));

    /// <summary>The days after a day in which a number of the model's weeks pass; null where it is more than ten years.</summary>
    public double? Days(MarketCalendar market, DateOnly asOf, double weeks)
    {
        if (effects == MarketEffects.None)
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
