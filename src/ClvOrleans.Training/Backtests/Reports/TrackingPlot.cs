using System.Collections.Immutable;
using ClvOrleans.Training.Histories;

namespace ClvOrleans.Training.Backtests.Reports;

/// <summary>Repeat purchases by week, from the first purchase of anyone: what came, and what a model expects of all who joined.</summary>
public static class TrackingPlot
{
    private const int Week = 7;

    /// <summary>Sums of whole weeks; a begun week at the end is left out.</summary>
    /// <param name="daily">Purchases by day.</param>
    public static ImmutableArray<double> Weekly(IReadOnlyList<double> daily) =>
        [.. Enumerable.Range(0, daily.Count / Week).Select(w => daily.Skip(w * Week).Take(Week).Sum())];

    /// <summary>Running sums.</summary>
    public static ImmutableArray<double> Cumulative(IReadOnlyList<double> values)
    {
        var sum = 0.0;
        return [.. values.Select(v => sum += v)];
    }

    /// <summary>
    /// Expected repeat purchases of each day, from the parameters alone. Who joined on day b has, at the end of day d, been a customer for
    /// d + 1 - b days; so do the published trackings count (Fader, Hardie and Lee 2005, figure 4; BTYD; lifetimes).
    /// </summary>
    /// <param name="joined">Number of customers who joined, by day.</param>
    /// <param name="newCustomer">Expected repeat purchases of a new customer within 0, 1, 2, ... days.</param>
    /// <param name="days">How many days.</param>
    public static ImmutableArray<double> Expected(IReadOnlyList<int> joined, IReadOnlyList<double> newCustomer, int days)
    {
        var expected = ImmutableArray.CreateBuilder<double>(days);
        for (var day = 0; day < days; day++)
        {
            var sum = 0.0;
            for (var born = 0; born <= Math.Min(day, joined.Count - 1); born++)
            {
                sum += joined[born] * (newCustomer[day + 1 - born] - newCustomer[day - born]);
            }

            expected.Add(sum);
        }

        return expected.MoveToImmutable();
    }

    /// <summary>Number of buyers of a backtest who joined, by day from the first.</summary>
    internal static int[] Joined(StoreHistory past)
    {
        var first = past.FirstPurchase;
        var joined = new int[past.End.DayNumber - first.DayNumber + 1];
        foreach (var buyer in past.Buyers)
        {
            joined[buyer.FirstPurchase.DayNumber - first.DayNumber]++;
        }

        return joined;
    }
}
