using ClvOrleans.Training.Histories;
using ClvOrleans.Valuation.Ensemble;

namespace ClvOrleans.Training.Learning;

/// <summary>
/// Learns a <see cref="SeasonalClock"/>. A customer who buys before and after a day is a customer on it: given the first and the last
/// purchase, those between are spread as the season is, whatever the customer's own rate and whenever they leave. So the season is told
/// apart from customers' dropout and from the growth of the store, of which a single year shows only the sum.
/// </summary>
internal static class SeasonFit
{
    /// <summary>Purchases that a month of a usual pace is taken to have shown before any is seen.</summary>
    private const double Prior = 50;

    private const int Steps = 30;

    /// <summary>Learns the pace of the months.</summary>
    public static SeasonalClock Of(StoreHistory past)
    {
        var first = past.FirstPurchase.DayNumber;
        var span = past.End.DayNumber - first + 1;
        var month = Enumerable.Range(0, span).Select(d => DateOnly.FromDayNumber(first + d).Month - 1).ToArray();
        var between = past.Buyers
            .Select(c => c.Summary.PurchaseDays.Select(d => d.Day.DayNumber - first).ToArray())
            .Where(days => days.Length > 2)
            .ToList();
        var seen = new double[12];
        foreach (var days in between)
        {
            foreach (var day in days.AsSpan(1, days.Length - 2))
            {
                seen[month[day]]++;
            }
        }

        // Minorise and maximise: the expected number of purchases of a month, by the pace so far, against those seen.
        var pace = Enumerable.Repeat(1.0, 12).ToArray();
        for (var step = 0; step < Steps; step++)
        {
            var until = new double[span + 1];
            for (var d = 0; d < span; d++)
            {
                until[d + 1] = until[d] + pace[month[d]];
            }

            var change = new double[span + 1];
            foreach (var days in between)
            {
                var density = (days.Length - 2) / (until[days[^1]] - until[days[0] + 1]);
                change[days[0] + 1] += density;
                change[days[^1]] -= density;
            }

            var (running, expected) = (0.0, new double[12]);
            for (var d = 0; d < span; d++)
            {
                running += change[d];
                expected[month[d]] += running;
            }

            for (var m = 0; m < 12; m++)
            {
                pace[m] = (seen[m] + Prior) / (expected[m] + Prior);
            }
        }

        // The clock is right over the past as a whole, and believed as far as a year has been seen.
        var mean = Enumerable.Range(0, span).Average(d => pace[month[d]]);
        var trust = Math.Min(1, span / 365.0);
        return new SeasonalClock([.. pace.Select(p => Math.Pow(p / mean, trust))]);
    }
}
