using System.Globalization;
using ClvOrleans.Model.Customers;

namespace ClvOrleans.Training.Imports;

/// <summary>Numbers and times as history files write them.</summary>
internal static class Values
{
    private const decimal Largest = 1_000_000_000_000_000m;

    private static readonly string[] WithOffset =
        ["yyyy-MM-dd HH:mm:ss zzz", "yyyy-MM-dd'T'HH:mm:sszzz", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", "yyyy-MM-dd HH:mm:sszzz", "yyyy-MM-dd'T'HH:mmzzz"];

    private static readonly string[] Universal = ["yyyy-MM-dd'T'HH:mm:ss'Z'", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", "yyyy-MM-dd HH:mm:ss 'UTC'"];

    private static readonly string[] Local =
        ["yyyy-MM-dd HH:mm:ss", "M/d/yyyy H:mm", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd HH:mm", "yyyy-MM-dd'T'HH:mm", "M/d/yyyy H:mm:ss", "yyyy-MM-dd HH:mm:ss.FFFFFFF"];

    private static readonly string[] Days = ["yyyyMMdd", "yyyy-MM-dd", "M/d/yyyy"];

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
    public static bool TryTime(string text, TimeZoneInfo zone, out DateTimeOffset time)
    {
        var culture = CultureInfo.InvariantCulture;
        time = default;
        if (DateTime.TryParseExact(text, Local, culture, DateTimeStyles.None, out var local))
        {
            return TryInstant(local, zone, out time);
        }

        if (TryDay(text, out var day))
        {
            return TryNoon(day, zone, out time);
        }

        if (DateTimeOffset.TryParseExact(text, WithOffset, culture, DateTimeStyles.None, out var exact)
            || DateTimeOffset.TryParseExact(text, Universal, culture, DateTimeStyles.AssumeUniversal, out exact))
        {
            return TryInstant(exact.UtcDateTime, TimeZoneInfo.Utc, out time);
        }

        return false;
    }

    public static bool TryDay(string text, out DateOnly day) =>
        DateOnly.TryParseExact(text, Days, CultureInfo.InvariantCulture, DateTimeStyles.None, out day);

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
}
