using System.Globalization;
using ClvOrleans.Intake.Rules;

namespace ClvOrleans.Intake.Files;

/// <summary>
/// Times of files: those of <see cref="TimeRules"/>, and days counted from 1899-12-30 with the time as their fraction, which is what a
/// spreadsheet writes for a date whose cell has no format of dates.
/// </summary>
internal static class SpreadsheetTime
{
    private const int Digits = 5;

    // 1990 to 2099.
    private const double First = 32_874;
    private const double Last = 73_050;

    private static readonly DateTime Zero = new(1899, 12, 30, 0, 0, 0, DateTimeKind.Unspecified);

    public static bool TryRead(string text, DateOrder order, out StatedTime time)
    {
        if (TimeRules.TryRead(text, order, out time))
        {
            return true;
        }

        var whole = text.AsSpan().IndexOfAny('.', ',');
        if ((whole < 0 ? text.Length : whole) != Digits
            || !double.TryParse(text.Replace(',', '.'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var days)
            || days is < First or > Last)
        {
            return false;
        }

        time = new StatedTime(Zero.AddSeconds(Math.Round(days * 86_400)), null, days == Math.Floor(days));
        return true;
    }

    /// <summary>The instant, as <see cref="TimeRules.Read"/> has it.</summary>
    public static DateTimeOffset Read(string text, DateOrder order, HistoryContext context, string column, out Refusal? refusal)
    {
        if (!TryRead(text, order, out var stated) || stated.In(context.Store.TimeZone) is not { } at)
        {
            refusal = TimeRules.Invalid(text, column);
            return context.Now;
        }

        refusal = TimeRules.Flaw(at, context.Now, column);
        return at < context.Now ? at : context.Now;
    }
}
