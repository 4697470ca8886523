using System.Globalization;
using ClvOrleans.Domain.Customers;

namespace ClvOrleans.Intake.Files;

/// <summary>Numbers and times as history files write them.</summary>
internal static class Values
{
    private const decimal Largest = 1_000_000_000_000_000m;

    private static readonly string[] WithOffset =
        ["yyyy-MM-dd HH:mm:ss zzz", "yyyy-MM-dd'T'HH:mm:sszzz", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", "yyyy-MM-dd HH:mm:sszzz", "yyyy-MM-dd'T'HH:mmzzz"];

    private static readonly string[] Universal = ["yyyy-MM-dd'T'HH:mm:ss'Z'", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", "yyyy-MM-dd HH:mm:ss 'UTC'"];

    private static readonly string[] Clocks = ["", " H:mm", " H:mm:ss", " h:mm tt", " h:mm:ss tt", "'T'HH:mm", "'T'HH:mm:ss", " HH:mm:ss.FFFFFFF"];

    // A date with points is written with the day first wherever it is written.
    private static readonly string[] YearFirst = ["yyyyMMdd", "yyyy-MM-dd", "yyyy/M/d", "d.M.yyyy"];
    private static readonly string[] DayFirst = ["d/M/yyyy", "d-M-yyyy"];
    private static readonly string[] MonthFirst = ["M/d/yyyy", "M-d-yyyy"];

    private static readonly Dictionary<DateOrder, string[]> Local = new()
    {
        [DateOrder.Ymd] = WithClocks(YearFirst),
        [DateOrder.Dmy] = WithClocks([.. YearFirst, .. DayFirst]),
        [DateOrder.Mdy] = WithClocks([.. YearFirst, .. MonthFirst]),
    };

    /// <summary>The forms of dates that are read, for people.</summary>
    public const string DateForms = "dates are 2024-01-31, 31.01.2024, 31/01/2024 or 01/31/2024, from 1900 on, with or without a time such as 14:05";

    public static bool TryNumber(string text, out decimal number) =>
        decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out number)
        && Math.Abs(number) <= Largest;

    /// <summary>Why this cannot be the id of a customer or order; null where it can. Bytes that are not of the encoding would make different ids one.</summary>
    public static string? FlawOfId(string id) =>
        id.Length > CustomerId.MaxLength ? $"is longer than {CustomerId.MaxLength} characters"
        : id.Contains('\0', StringComparison.Ordinal) ? "holds U+0000"
        : id.Contains('\uFFFD', StringComparison.Ordinal) ? "holds bytes that are not of the file's encoding (UTF-8, or what its byte order mark says)"
        : null;

    /// <summary>An instant in UTC and whole milliseconds. A time without an offset is of the zone; a day is its noon there.</summary>
    public static bool TryTime(string text, DateOrder order, TimeZoneInfo zone, out DateTimeOffset time)
    {
        var culture = CultureInfo.InvariantCulture;
        time = default;
        if (DateTime.TryParseExact(text, Local[order], culture, DateTimeStyles.None, out var local))
        {
            return text.Contains(':', StringComparison.Ordinal) ? TryInstant(local, zone, out time) : TryNoon(DateOnly.FromDateTime(local), zone, out time);
        }

        if (DateTimeOffset.TryParseExact(text, WithOffset, culture, DateTimeStyles.None, out var exact)
            || DateTimeOffset.TryParseExact(text, Universal, culture, DateTimeStyles.AssumeUniversal, out exact))
        {
            return TryInstant(exact.UtcDateTime, TimeZoneInfo.Utc, out time);
        }

        return false;
    }

    /// <summary>The day of a date or of a time that names no offset.</summary>
    public static bool TryDay(string text, DateOrder order, out DateOnly day)
    {
        var isDay = DateTime.TryParseExact(text, Local[order], CultureInfo.InvariantCulture, DateTimeStyles.None, out var local);
        day = DateOnly.FromDateTime(local);
        return isDay;
    }

    /// <summary>Noon of a day: no change of the clocks moves it to another day.</summary>
    public static bool TryNoon(DateOnly day, TimeZoneInfo zone, out DateTimeOffset time) =>
        TryInstant(day.ToDateTime(new TimeOnly(12, 0)), zone, out time);

    private static bool TryInstant(DateTime local, TimeZoneInfo zone, out DateTimeOffset time)
    {
        time = default;
        if (local.Year is < 1900 or > 9000)
        {
            return false;
        }

        var wall = DateTime.SpecifyKind(local, DateTimeKind.Unspecified);
        var exact = new DateTimeOffset(wall, zone.GetUtcOffset(wall)).UtcDateTime;
        time = new DateTimeOffset(exact.AddTicks(-(exact.Ticks % TimeSpan.TicksPerMillisecond)), TimeSpan.Zero);
        return true;
    }

    private static string[] WithClocks(string[] dates) => [.. dates.SelectMany(d => Clocks.Select(c => d + c))];
}
