namespace ClvOrleans.Valuation.Levels;

/// <summary>Calendar months as running numbers, twelve a year.</summary>
public static class CalendarMonth
{
    /// <summary>Days of a mean month of the Gregorian calendar.</summary>
    public const double MeanDays = 365.2425 / 12;

    /// <summary>The number of a day's month.</summary>
    public static int Of(DateOnly day) => (day.Year * 12) + day.Month - 1;

    /// <summary>The first day of a month.</summary>
    public static DateOnly Start(int month) => new(month / 12, (month % 12) + 1, 1);

    /// <summary>Days of a month.</summary>
    public static int Days(int month) => DateTime.DaysInMonth(month / 12, (month % 12) + 1);
}
