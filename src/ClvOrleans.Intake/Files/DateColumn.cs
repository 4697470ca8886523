using System.Globalization;
using ClvOrleans.Intake.Rules;

namespace ClvOrleans.Intake.Files;

/// <summary>
/// Tells the order of day and month in a column of dates by its first date that can be read in one order only: 13/01/2024 has the day
/// first. Read one by one, 02/03/2024 would be a day or a month off, and nobody would be told.
/// </summary>
internal sealed class DateColumn(string name)
{
    /// <summary>How many lines are looked at.</summary>
    public const int MostLines = 100_000;

    private (string Text, long Line)? _ambiguous;
    private DateOrder? _order;
    private long _lines;

    /// <summary>Whether looking further tells no more.</summary>
    public bool IsTold => _order is not null || _lines >= MostLines;

    /// <summary>Looks at the next date of the column.</summary>
    public void Look(string text, long line)
    {
        _lines++;
        var (day, month) = (TimeRules.TryRead(text, DateOrder.Dmy, out var dayFirst), TimeRules.TryRead(text, DateOrder.Mdy, out var monthFirst));
        if (day != month)
        {
            _order = day ? DateOrder.Dmy : DateOrder.Mdy;
        }
        else if (dayFirst != monthFirst)
        {
            _ambiguous ??= (text, line);
        }
        else if (_ambiguous is null && TimeRules.TryRead(text, DateOrder.Ymd, out _))
        {
            _order = DateOrder.Ymd;
        }
    }

    /// <summary>The order in which to read the column.</summary>
    /// <param name="usual">That of the format, where its dates can be read in both.</param>
    /// <exception cref="HistoryFormatException">All dates can be read in both, and differ.</exception>
    public DateOrder Decide(DateOrder? usual)
    {
        if (_order is DateOrder.Dmy or DateOrder.Mdy || usual is not null || _ambiguous is not { } example)
        {
            return _order is DateOrder.Ymd ? usual ?? DateOrder.Ymd : _order ?? usual ?? DateOrder.Dmy;
        }

        TimeRules.TryRead(example.Text, DateOrder.Dmy, out var dayFirst);
        TimeRules.TryRead(example.Text, DateOrder.Mdy, out var monthFirst);
        throw new HistoryFormatException(string.Create(
            CultureInfo.InvariantCulture,
            $"{name}: '{example.Text}' in line {example.Line} is {dayFirst.Clock:d MMMM yyyy} with the day first and {monthFirst.Clock:d MMMM yyyy} with the "
                + $"month first, and no date {(_lines >= MostLines ? $"of the first {MostLines:N0} lines" : "of the file")} tells which is meant: "
                + $"say it with --dates dmy or --dates mdy."));
    }
}
