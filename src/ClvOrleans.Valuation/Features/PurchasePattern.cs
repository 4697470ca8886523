using System.Collections.Immutable;
using ClvOrleans.Domain.Customers;

namespace ClvOrleans.Valuation.Features;

/// <summary>Gaps, windows and averages of purchase days as of a day. Values are before refunds, in minor units.</summary>
internal readonly struct PurchasePattern
{
    private readonly ImmutableArray<PurchaseDay> _days;
    private readonly int _asOf;

    public PurchasePattern(ImmutableArray<PurchaseDay> days, DateOnly asOf)
    {
        (_days, _asOf) = (days, asOf.DayNumber);
        var (gaps, squares) = (0.0, 0.0);
        for (var i = 0; i < days.Length; i++)
        {
            var value = (double)days[i].Gross.Minor;
            Value += value;
            Largest = Math.Max(Largest, value);
            if (i > 0)
            {
                var gap = days[i].Day.DayNumber - days[i - 1].Day.DayNumber;
                (gaps, squares) = (gaps + gap, squares + ((double)gap * gap));
                LongestGap = Math.Max(LongestGap, gap);
            }
        }

        Count = days.Length;
        if (Count > 1)
        {
            MeanGap = gaps / (Count - 1);
            GapVariation = Count > 2 ? Math.Sqrt(Math.Max(0, (squares / (Count - 1)) - (MeanGap * MeanGap))) / MeanGap : double.NaN;
            LastGap = days[^1].Day.DayNumber - days[^2].Day.DayNumber;
        }
    }

    public int Count { get; }

    public double Value { get; }

    public double Largest { get; }

    public double MeanValue => Value / Count;

    public double FirstValue => (double)_days[0].Gross.Minor;

    public double LastValue => (double)_days[^1].Gross.Minor;

    /// <summary>Days since the first purchase.</summary>
    public int Tenure => _asOf - _days[0].Day.DayNumber;

    /// <summary>Days since the last purchase.</summary>
    public int Recency => _asOf - _days[^1].Day.DayNumber;

    /// <summary>Mean days between purchases; not a number below two, as the others.</summary>
    public double MeanGap { get; } = double.NaN;

    /// <summary>Standard deviation of the gaps over their mean: 0 for a clock; not a number below two gaps.</summary>
    public double GapVariation { get; } = double.NaN;

    public double LastGap { get; } = double.NaN;

    public double LongestGap { get; }

    /// <summary>Purchase days and their value within the last days.</summary>
    public (int Count, double Value) Within(int days) => Between(_asOf - days, _asOf);

    /// <summary>Purchase days and their value after one day up to another.</summary>
    public (int Count, double Value) Between(int after, int until)
    {
        var (count, value) = (0, 0.0);
        for (var i = _days.Length - 1; i >= 0 && _days[i].Day.DayNumber > after; i--)
        {
            if (_days[i].Day.DayNumber <= until)
            {
                (count, value) = (count + 1, value + (double)_days[i].Gross.Minor);
            }
        }

        return (count, value);
    }

    /// <summary>
    /// Repeat purchase days and their value a week where the past fades by half in a number of days: Σ 2^(-age / half-life), over the
    /// like-weighted time since the first purchase.
    /// </summary>
    public (double Orders, double Value) Fading(double halfLife)
    {
        var (orders, value) = (0.0, 0.0);
        for (var i = 1; i < _days.Length; i++)
        {
            var weight = double.Exp2(-(_asOf - _days[i].Day.DayNumber) / halfLife);
            (orders, value) = (orders + weight, value + (weight * (double)_days[i].Gross.Minor));
        }

        // A week is added, so that the time of a customer of today is not zero.
        var weeks = halfLife / (7 * Math.Log(2)) * (1 - double.Exp2(-(Tenure + 7) / halfLife));
        return (orders / weeks, value / weeks);
    }

    /// <summary>Number of different 28-day periods, back from the day, with a purchase.</summary>
    public int ActiveMonths()
    {
        var (months, last) = (0, -1);
        for (var i = _days.Length - 1; i >= 0; i--)
        {
            var month = (_asOf - _days[i].Day.DayNumber) / 28;
            (months, last) = (months + (month == last ? 0 : 1), month);
        }

        return months;
    }
}
