using System.Globalization;

namespace ClvOrleans.Intake.Files;

/// <summary>Typed values as text that can be read in one way only.</summary>
internal static class CellText
{
    // Beyond it, a number in floating point has lost digits: as an id it would stand for several.
    private const double MostExact = 1e15;

    private const int Group = 3;

    public static string Of(object? value) => value switch
    {
        null => "",
        string text => text,
        double number => Of(number),
        float number => Of(double.Parse(number.ToString("R", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture)),
        decimal number => Plain(number.ToString(CultureInfo.InvariantCulture)),
        DateTime time => Of(time),
        DateTimeOffset time => time.ToString("yyyy-MM-dd'T'HH:mm:ss.fffzzz", CultureInfo.InvariantCulture),
        bool flag => flag ? "true" : "false",
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    private static string Of(double number) =>
        number == Math.Floor(number) && Math.Abs(number) < MostExact
            ? number.ToString("0", CultureInfo.InvariantCulture)
            : Plain(number.ToString("R", CultureInfo.InvariantCulture));

    // A day has no time; a time names its zone where it is known.
    private static string Of(DateTime time) => time.ToString(
        time.Kind == DateTimeKind.Utc ? "yyyy-MM-dd'T'HH:mm:ss.fff'Z'"
            : time.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd"
            : "yyyy-MM-dd HH:mm:ss.fff",
        CultureInfo.InvariantCulture);

    // 1.125 could be read as a thousand and some; 1.1250 cannot.
    private static string Plain(string number) =>
        number.IndexOf('.', StringComparison.Ordinal) is >= 0 and var point
            && number.Length - point - 1 == Group
            && !number.Contains('E', StringComparison.Ordinal)
            ? number + "0"
            : number;
}
