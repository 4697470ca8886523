using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Events;

namespace ClvOrleans.Valuation.Features;

/// <summary>
/// What a customer did in calendar weeks as of a day: the running week and those before it, as far as
/// <see cref="CustomerSummary.Weeks"/> go.
/// </summary>
/// <param name="customer">The customer.</param>
/// <param name="asOf">The local day.</param>
public readonly struct BehaviourPattern(CustomerSummary customer, DateOnly asOf)
{
    private readonly int _monday = ActiveWeek.MondayOf(asOf).DayNumber;
    private readonly int _count = customer.WeeksAt(asOf).Length;

    private ReadOnlySpan<ActiveWeek> Weeks => customer.Weeks.AsSpan(0, _count);

    /// <summary>Visits in the last weeks.</summary>
    public int SessionsWithin(int weeks)
    {
        var all = Weeks;
        var sessions = 0;
        for (var i = all.Length - 1; i >= 0 && Age(all[i]) < weeks; i--)
        {
            sessions += all[i].Sessions;
        }

        return sessions;
    }

    /// <summary>Events of some kinds in the last weeks.</summary>
    public int Within(int weeks, params ReadOnlySpan<EventKind> kinds)
    {
        var all = Weeks;
        var count = 0;
        for (var i = all.Length - 1; i >= 0 && Age(all[i]) < weeks; i--)
        {
            count += all[i].Counts.Sum(kinds);
        }

        return count;
    }

    /// <summary>Calendar weeks since the last event of some kinds, 0 in the running one; not a number where there is none.</summary>
    public double WeeksSince(params ReadOnlySpan<EventKind> kinds)
    {
        var all = Weeks;
        for (var i = all.Length - 1; i >= 0; i--)
        {
            if (all[i].Counts.Sum(kinds) > 0)
            {
                return Age(all[i]);
            }
        }

        return double.NaN;
    }

    /// <summary>The same of all weeks that are kept.</summary>
    public double WithoutOrder(params ReadOnlySpan<EventKind> kinds) => WithoutOrder(int.MaxValue, kinds);

    /// <summary>
    /// Part of the last weeks with an event of some kinds that are without an order, neither in that week nor in the next; not a number
    /// where there is no such week.
    /// </summary>
    public double WithoutOrder(int weeks, params ReadOnlySpan<EventKind> kinds)
    {
        var all = Weeks;
        var (without, with, ordered) = (0, 0, int.MaxValue);
        for (var i = all.Length - 1; i >= 0 && Age(all[i]) < weeks; i--)
        {
            ref readonly var week = ref all[i];
            ordered = week.Orders > 0 ? week.Monday.DayNumber : ordered;
            if (week.Counts.Sum(kinds) > 0)
            {
                var left = ordered - week.Monday.DayNumber > 7;
                (without, with) = left ? (without + 1, with) : (without, with + 1);
            }
        }

        return without + with == 0 ? double.NaN : (double)without / (without + with);
    }

    private int Age(in ActiveWeek week) => (_monday - week.Monday.DayNumber) / 7;
}
