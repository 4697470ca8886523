using System.Globalization;

namespace ClvOrleans.Intake.Files;

/// <summary>A small CSV file of numbers with a header. Columns are found by name; those that nobody asks for may hold anything.</summary>
public sealed class NumberTable
{
    private readonly string[] _header;
    private readonly List<(long Line, string[] Fields)> _rows;

    private NumberTable(string[] header, List<(long Line, string[] Fields)> rows) => (_header, _rows) = (header, rows);

    /// <summary>Number of rows.</summary>
    public int Rows => _rows.Count;

    /// <summary>Names of the columns, as they are written.</summary>
    public IReadOnlyList<string> Columns => _header;

    /// <summary>Whether a line is a header that has all these columns, each by one of its names.</summary>
    public static bool IsHeader(string line, params ReadOnlySpan<string[]> columns)
    {
        var header = Fields(line);
        foreach (var names in columns)
        {
            if (Find(header, names) < 0)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>
    /// Reads a file. <exception cref="HistoryFormatException">It is empty, or a row is not as wide as the header.</exception>
    /// </summary>
    public static NumberTable Read(TextLines lines)
    {
        string[]? header = null;
        var rows = new List<(long Line, string[] Fields)>();
        for (var number = 1L; lines.TryRead(out var line); number++)
        {
            if (line.IsBlank)
            {
                continue;
            }

            var fields = Fields(line.Text);
            if (header is null)
            {
                header = fields;
            }
            else if (fields.Length != header.Length)
            {
                throw new HistoryFormatException($"Line {number} has {fields.Length} columns; the header has {header.Length}.");
            }
            else
            {
                rows.Add((number, fields));
            }
        }

        return header is null || rows.Count == 0
            ? throw new HistoryFormatException(lines.Broken ?? "The file is empty: a header and rows of numbers were expected.")
            : new NumberTable(header, rows);
    }

    /// <summary>The numbers of a column, in the order of the rows.</summary>
    /// <param name="otherwise">What stands for a column that is not there; null where it must be.</param>
    /// <param name="names">Names that the column may have; case does not matter.</param>
    /// <exception cref="HistoryFormatException">There is no such column, or something in it is not a finite number.</exception>
    public IReadOnlyList<double> Column(double? otherwise, params ReadOnlySpan<string> names)
    {
        var at = Find(_header, names);
        if (at < 0)
        {
            return otherwise is { } value
                ? [.. Enumerable.Repeat(value, Rows)]
                : throw new HistoryFormatException($"The file has no column {string.Join(" or ", names.ToArray())}.");
        }

        return
        [
            .. _rows.Select(r => double.TryParse(r.Fields[at], NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                && double.IsFinite(number)
                ? number
                : throw new HistoryFormatException($"Line {r.Line}, {_header[at]}: '{r.Fields[at]}' is not a number.")),
        ];
    }

    /// <summary>The days of a column, yyyy-MM-dd.</summary>
    /// <exception cref="HistoryFormatException">There is no such column, or something in it is not a day.</exception>
    public IReadOnlyList<DateOnly> DayColumn(string name)
    {
        var at = Find(_header, [name]);
        return at < 0
            ? throw new HistoryFormatException($"The file has no column {name}.")
            :
            [
                .. _rows.Select(r => DateOnly.TryParseExact(
                    r.Fields[at], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
                    ? day
                    : throw new HistoryFormatException($"Line {r.Line}, {_header[at]}: '{r.Fields[at]}' is not a day such as 2024-01-31.")),
            ];
    }

    /// <summary>The same of a column of whole numbers from 0 on.</summary>
    /// <inheritdoc cref="Column" />
    public IReadOnlyList<int> WholeColumn(int? otherwise, params ReadOnlySpan<string> names)
    {
        var name = names[0];
        return
        [
            .. Column(otherwise, names).Select((v, i) => v >= 0 && v <= int.MaxValue && v == Math.Floor(v)
                ? (int)v
                : throw new HistoryFormatException($"Line {_rows[i].Line}, {name}: {v.ToString(CultureInfo.InvariantCulture)} is not a "
                    + "whole number from 0 on.")),
        ];
    }

    private static string[] Fields(string line) => [.. line.Split(',').Select(f => f.Trim().Trim('"', '\uFEFF'))];

    private static int Find(string[] header, ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            var at = Array.FindIndex(header, h => h.Equals(name, StringComparison.OrdinalIgnoreCase));
            if (at >= 0)
            {
                return at;
            }
        }

        return -1;
    }
}
