using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Statistics.Fitting;
using ClvOrleans.Training.Backtests.Models;
using ClvOrleans.Training.Histories;
using ClvOrleans.Valuation.Estimates;
using ClvOrleans.Valuation.Levels;

namespace ClvOrleans.Training.Levels;

/// <summary>
/// What a store's buyers spent after their first purchase, by cohort and month: all that a <see cref="StoreLevel"/> is fitted to. Its size
/// is that of the calendar, however many customers there are.
/// </summary>
internal sealed class LevelCells
{
    private readonly int _last;
    private readonly int[] _customers;
    private readonly LevelCell[] _cells;

    private LevelCells(DateOnly until, int first, int[] customers, LevelCell[] cells, double dispersion)
    {
        (Until, First, Dispersion, _customers, _cells) = (until, first, dispersion, customers, cells);
        _last = CalendarMonth.Of(until);
        Purchases = cells.Sum(c => c.Purchases);
    }

    /// <summary>The last day.</summary>
    public DateOnly Until { get; }

    /// <summary>The month of the store's first purchase.</summary>
    public int First { get; }

    /// <summary>Number of months, the last of them maybe not whole.</summary>
    public int Months => _last - First + 1;

    /// <summary>The cells.</summary>
    public ReadOnlySpan<LevelCell> All => _cells;

    /// <summary>Purchases after the first.</summary>
    public int Purchases { get; }

    /// <summary>Mean square of a purchase over its squared mean.</summary>
    public double Dispersion { get; }

    /// <summary>Customers who first bought in a month.</summary>
    public int CustomersOf(int cohort) => _customers[cohort - First];

    /// <summary>Counts the buyers of a history.</summary>
    /// <param name="past">The history.</param>
    /// <param name="kind">Which value.</param>
    /// <exception cref="FitException">Nobody has bought.</exception>
    public static LevelCells Of(StoreHistory past, ValueKind kind)
    {
        if (past.Buyers.IsEmpty)
        {
            throw new FitException("nobody has bought");
        }

        var until = past.End;
        var (first, last) = (CalendarMonth.Of(past.FirstPurchase), CalendarMonth.Of(until));
        var months = last - first + 1;
        var kept = StoreSpend.KeptShare(past, kind);
        var customers = new int[months];
        var (own, spent, purchases) = (new double[months], new double[months * months], new int[months * months]);
        var (sum, squares, count) = (0.0, 0.0, 0L);
        foreach (var buyer in past.Buyers)
        {
            var days = buyer.Summary.PurchaseDays;
            var cohort = CalendarMonth.Of(days[0].Day) - first;
            customers[cohort]++;
            own[cohort] += Math.Min(until.DayNumber, CalendarMonth.Start(first + cohort + 1).DayNumber - 1) - days[0].Day.DayNumber;
            foreach (var day in days.AsSpan()[1..])
            {
                if (RepeatSpend.ValueOf(day, kind) is var value && value > Money.Zero)
                {
                    var (cell, amount) = ((cohort * months) + CalendarMonth.Of(day.Day) - first, (double)value.Minor * kept);
                    spent[cell] += amount;
                    purchases[cell]++;
                    (sum, squares, count) = (sum + amount, squares + (amount * amount), count + 1);
                }
            }
        }

        var cells = new List<LevelCell>();
        for (var cohort = 0; cohort < months; cohort++)
        {
            for (var month = cohort; month < months && customers[cohort] > 0; month++)
            {
                var days = month == months - 1 ? until.Day : CalendarMonth.Days(first + month);
                var exposure = (month == cohort ? own[cohort] : customers[cohort] * (double)days) / CalendarMonth.MeanDays;
                var at = (cohort * months) + month;
                cells.Add(new LevelCell(first + cohort, first + month, exposure, spent[at], purchases[at]));
            }
        }

        return new LevelCells(until, first, customers, [.. cells], sum > 0 ? squares * count / (sum * sum) : 1);
    }

    /// <summary>The cells as of the end of an earlier month.</summary>
    public LevelCells AsOf(int month) => new(
        CalendarMonth.Start(month + 1).AddDays(-1), First, _customers[..(month - First + 1)], [.. _cells.Where(c => c.Month <= month)],
        Dispersion);

    /// <summary>What those who had bought by the end of a month spent in the months after it.</summary>
    public double SpentAfter(int month, int months) =>
        _cells.Where(c => c.Cohort <= month && c.Month > month && c.Month <= month + months).Sum(c => c.Spent);
}
