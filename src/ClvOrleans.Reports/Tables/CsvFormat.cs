using System.Globalization;
using System.Text;

namespace ClvOrleans.Reports.Tables;

/// <summary>Writes a report as CSV (RFC 4180) with a line of names.</summary>
public static class CsvFormat
{
    /// <summary>The whole text.</summary>
    public static string Write(ReportTable table)
    {
        var text = new StringBuilder();
        Line(text, table.Columns.Select(c => c.Name));
        foreach (var row in table.Rows)
        {
            Line(text, row.Select(TextOf));
        }

        return text.ToString();
    }

    private static void Line(StringBuilder text, IEnumerable<string> cells) => text.AppendJoin(',', cells.Select(Quoted)).Append("\r\n");

    private static string TextOf(object? cell) => cell switch
    {
        null => "",
        string text => text,
        bool flag => flag ? "true" : "false",
        DateOnly day => day.ToString("O", CultureInfo.InvariantCulture),
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => throw new ArgumentException($"{cell.GetType()} is no cell of a report."),
    };

    private static string Quoted(string cell) => cell.AsSpan().IndexOfAny(",\"\r\n") < 0
        ? cell
        : $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
