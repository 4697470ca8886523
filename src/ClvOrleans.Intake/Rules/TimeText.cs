using System.Globalization;
using System.Text.RegularExpressions;

namespace ClvOrleans.Intake.Rules;

/// <summary>
/// Times as databases, programs and spreadsheets write them: ISO 8601 and its relatives (a blank for the T, +00, +0200, nanoseconds, UTC),
/// RFC 1123 and what JavaScript writes, dates with points, slashes or an English month, 12-hour clocks, Unix time.
/// </summary>
internal static partial class TimeText
{
    // Unix time by its size: seconds, milliseconds, microseconds and nanoseconds from 1973 to 5138.
    private const decimal FirstSecond = 100_000_000m;

    private static readonly string[] Months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

    public static bool TryRead(string text, DateOrder order, out StatedTime time)
    {
        time = default;
        if (text.Length is 0 or > 100)
        {
            return false;
        }

        if (PlainNumber.TryRead(text, out var number) && (number >= FirstSecond || text.Length != 8))
        {
            return TryUnix(number, ref time);
        }

        var match = Form().Match(text);
        return match.Success && TryDate(match, order, out var date) && TryClock(match, date, out time);
    }

    private static bool TryUnix(decimal number, ref StatedTime time)
    {
        const decimal Thousand = 1_000m;
        var first = FirstSecond;
        for (var perSecond = 1m; perSecond <= 1_000_000_000m; perSecond *= Thousand)
        {
            if (number >= first && number < first * Thousand)
            {
                var ticks = (long)(number * (TimeSpan.TicksPerSecond / perSecond));
                time = new StatedTime(DateTime.UnixEpoch.AddTicks(ticks), TimeSpan.Zero, false);
                return true;
            }

            first *= Thousand;
        }

        return false;
    }

    private static bool TryDate(Match match, DateOrder order, out DateTime date)
    {
        date = default;
        var (first, second, third) = (match.Groups["first"].Value, match.Groups["second"].Value, match.Groups["third"].Value);
        var (month, named) = (match.Groups["month"].Value, 0);
        if (month.Length > 0)
        {
            named = Array.IndexOf(Months, month[..3].ToLowerInvariant()) + 1;
        }

        var (y, m, d) =
            match.Groups["compact"].Value is { Length: 8 } compact ? (compact[..4], compact[4..6], compact[6..])
            : named > 0 ? (match.Groups["year"].Value, named.ToString(CultureInfo.InvariantCulture), match.Groups["day"].Value)
            : first.Length == 4 ? (first, second, third)
            : match.Groups["sign"].Value == "." || order == DateOrder.Dmy ? (third, second, first)
            : order == DateOrder.Mdy ? (third, first, second)
            : ("0", "0", "0");
        var year = Number(y) + (y.Length == 2 ? 2_000 : 0);
        if (year is < 1 or > 9_999 || Number(m) is < 1 or > 12 || Number(d) < 1 || Number(d) > DateTime.DaysInMonth(year, Number(m)))
        {
            return false;
        }

        date = new DateTime(year, Number(m), Number(d), 0, 0, 0, DateTimeKind.Unspecified);
        return true;
    }

    private static bool TryClock(Match match, DateTime date, out StatedTime time)
    {
        time = new StatedTime(date, null, true);
        if (!match.Groups["hour"].Success)
        {
            return true;
        }

        var (hour, minute) = (Number(match.Groups["hour"].Value), Number(match.Groups["minute"].Value));
        var second = Number(match.Groups["clocksecond"].Value);
        var fraction = match.Groups["fraction"].Value.PadRight(7, '0')[..7];
        if (match.Groups["half"].Value is { Length: > 0 } half)
        {
            if (hour is < 1 or > 12)
            {
                return false;
            }

            hour = (hour % 12) + (half[0] is 'p' or 'P' ? 12 : 0);
        }

        // The last second of a minute may be a leap second, and midnight at the end of a day 24:00.
        second = second == 60 ? 59 : second;
        if (minute > 59 || second > 59 || hour > 24 || (hour == 24 && (minute, second, Number(fraction)) != (0, 0, 0)))
        {
            return false;
        }

        var clock = new TimeSpan(hour, minute, second) + TimeSpan.FromTicks(Number(fraction));
        if (date > DateTime.MaxValue - clock || !TryOffset(match, out var offset))
        {
            return false;
        }

        time = new StatedTime(date + clock, offset, false);
        return true;
    }

    private static bool TryOffset(Match match, out TimeSpan? offset)
    {
        var (hours, minutes) = (match.Groups["offhours"].Value, match.Groups["offminutes"].Value);
        var seconds = match.Groups["offseconds"].Value;
        offset = hours.Length > 0 ? new TimeSpan(Number(hours), Number(minutes), Number(seconds))
            : match.Groups["utc"].Success ? TimeSpan.Zero
            : null;
        if (match.Groups["west"].Value == "-")
        {
            offset = -offset;
        }

        return Number(hours) <= 18 && Number(minutes) < 60 && Number(seconds) < 60;
    }

    private static int Number(string digits) => digits.Length == 0 ? 0 : int.Parse(digits, CultureInfo.InvariantCulture);

    [GeneratedRegex(
        """
        ^(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,?\s+)?
        (?:(?<compact>[0-9]{8})
         |(?<first>[0-9]{4})(?<sign>[-/.])(?<second>[0-9]{1,2})\k<sign>(?<third>[0-9]{1,2})
         |(?<first>[0-9]{1,2})(?<sign>[-/.])(?<second>[0-9]{1,2})\k<sign>(?<third>[0-9]{4})
         |(?<first>[0-9]{1,2})(?<sign>[/.])(?<second>[0-9]{1,2})\k<sign>(?<third>[0-9]{2})
         |(?<day>[0-9]{1,2})(?:\s+|-)(?<month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?(?:,?\s+|-)(?<year>[0-9]{4})
         |(?<month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?\s+(?<day>[0-9]{1,2}),?\s+(?<year>[0-9]{4}))
        (?:(?:t|,?\s+)
         (?:(?<hour>[0-9]{1,2}):(?<minute>[0-9]{2})(?::(?<clocksecond>[0-9]{2})(?:[.,](?<fraction>[0-9]+))?)?
          |(?<hour>[0-9]{2})(?<minute>[0-9]{2})(?<clocksecond>[0-9]{2})(?:[.,](?<fraction>[0-9]+))?)
         (?:\s*(?<half>[ap])\.?m\.?)?
         (?:\s*(?:(?<utc>z|utc|gmt)|(?<utc>utc|gmt)?(?<west>[+-])(?<offhours>[0-9]{1,2})
          (?::?(?<offminutes>[0-9]{2})(?::?(?<offseconds>[0-9]{2}))?)?)
          (?:\s+[a-z]{3,5}|\s*\([^)]*\)|\[[^\]]*\])?)?
        )?$
        """, RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
