using System.Collections.Immutable;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Statistics.Lifetime;

namespace ClvOrleans.Valuation.Ensemble;

/// <summary>A clock that runs faster in the months in which customers buy more. Pure and safe to call from many threads.</summary>
public sealed class SeasonalClock
{
    private static readonly int First = new DateOnly(1970, 1, 1).DayNumber;
    private static readonly int Last = new DateOnly(2100, 1, 1).DayNumber;
    private readonly double[] _weeks = new double[Last - First + 1];

    /// <summary>Makes the clock.</summary>
    /// <param name="pace">How fast it runs in each of the twelve months; 1 is the calendar's pace.</param>
    /// <exception cref="ArgumentException">There are not twelve, or one is not positive and finite.</exception>
    public SeasonalClock(ImmutableArray<double> pace)
    {
        if (pace.IsDefault || pace.Length != 12 || !pace.All(p => p > 0 && double.IsFinite(p)))
        {
            throw new ArgumentException("Twelve positive and finite paces are needed.", nameof(pace));
        }

        Pace = pace;
        for (var d = 1; d < _weeks.Length; d++)
        {
            _weeks[d] = _weeks[d - 1] + (pace[DateOnly.FromDayNumber(First + d).Month - 1] / 7);
        }
    }

    /// <summary>How fast it runs in each of the twelve months; 1 is the calendar's pace.</summary>
    public ImmutableArray<double> Pace { get; }

    /// <summary>
    /// Weeks of the clock from the end of a day to the end of a later one; before 1970 and after 2100 those of the calendar.
    /// </summary>
    public double Weeks(DateOnly from, DateOnly to) => At(to) - At(from);

    /// <summary>x, t_x and T of a buyer by this clock; purchases after the day must not be in the summary.</summary>
    public PurchaseHistory HistoryOf(CustomerSummary buyer, DateOnly asOf) =>
        HistoryOf(buyer.PurchaseDays.Length - 1, buyer.PurchaseDays[0].Day, buyer.PurchaseDays[^1].Day, asOf);

    /// <summary>x, t_x and T of a number of repeat purchases, the first and the last day with one.</summary>
    public PurchaseHistory HistoryOf(int repeats, DateOnly first, DateOnly last, DateOnly asOf)
    {
        var active = Weeks(first, last);
        return new PurchaseHistory(repeats, active, active + Weeks(last, asOf));
    }

    /// <summary>Days after a day within which some weeks of the clock pass.</summary>
    public double Days(DateOnly from, double weeks)
    {
        var whole = 0;
        while (Weeks(from, from.AddDays(whole + 1)) <= weeks)
        {
            whole++;
        }

        var passed = Weeks(from, from.AddDays(whole));
        return whole + ((weeks - passed) / (Weeks(from, from.AddDays(whole + 1)) - passed));
    }

    private double At(DateOnly day)
    {
        var within = Math.Clamp(day.DayNumber, First, Last);
        return _weeks[within - First] + ((day.DayNumber - within) / 7.0);
    }
}
