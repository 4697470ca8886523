using System.Globalization;
using ClvOrleans.Intake.Rules;

namespace ClvOrleans.Intake.Files;

/// <summary>
/// Tells the order of day and month from a file's dates, by the first that can be read in one order only: 13/01/2024 has the day first.
/// Read one by one, 02/03/2024 would be a day or a month off, and nobody would be told.
/// </summary>
internal sealed class DateColumn
{
    private (string Column, string Text, long Line)? _ambiguous;
    private DateOrder? _order;
    private long _yearFirst;
    private long _alike;

    /// <summary>Whether the order is known, or no date yet needs it.</summary>
    public bool IsTold => _order is not null || (_ambiguous is null && _alike == 0);

    /// <summary>Looks at the next date.</summary>
    public void Look(string column, string text, long line)
    {
        if (_order is not null || text.Length == 0)
        {
            return;
        }

        var day = SpreadsheetTime.TryRead(text, DateOrder.Dmy, out var dayFirst);
        var month = SpreadsheetTime.TryRead(text, DateOrder.Mdy, out var monthFirst);
        if (day != month)
        {
            _order = day ? DateOrder.Dmy : DateOrder.Mdy;
        }
        else if (dayFirst != monthFirst)
        {
            _ambiguous ??= (column, text, line);
        }
        else if (SpreadsheetTime.TryRead(text, DateOrder.Ymd, out _))
        {
            _yearFirst++;
        }
        else if (day)
        {
            _alike++;
        }
    }

    /// <summary>The order in which to read the dates.</summary>
    /// <param name="usual">That of the format, where its dates can be read in both.</param>
    /// <exception cref="HistoryFormatException">Every date can be read in both.</exception>
    public DateOrder Decide(DateOrder? usual)
    {
        if ((_order ?? usual) is not { } order)
        {
            // Beside dates that begin with the year, those that can be read both ways are refused line by line.
            return _ambiguous is null ? _alike > 0 ? DateOrder.Dmy : DateOrder.Ymd
                : _yearFirst > 0 ? DateOrder.Ymd
                : throw Undecided(_ambiguous.Value.Column, _ambiguous.Value.Text, _ambiguous.Value.Line);
        }

        return order;
    }

    private static HistoryFormatException Undecided(string column, string text, long line) => new(
        $"{column}: '{text}' in line {line} is {Readings(text)}, and no date of the file tells which is meant: say it with --dates dmy or "
            + "--dates mdy.");

    /// <summary>Both readings of a date, for people.</summary>
    public static string Readings(string text)
    {
        SpreadsheetTime.TryRead(text, DateOrder.Dmy, out var dayFirst);
        SpreadsheetTime.TryRead(text, DateOrder.Mdy, out var monthFirst);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{dayFirst.Clock:d MMMM yyyy} with the day first and {monthFirst.Clock:d MMMM yyyy} with the month first");
    }
}
