using ClvOrleans.Intake.Rules;

namespace ClvOrleans.Intake.Files;

/// <summary>A CSV file with a header: hands out records with named columns; those that are not as wide as the header have a problem.</summary>
internal static class CsvTable
{
    /// <param name="lines">The file.</param>
    /// <param name="context">What is known beside it.</param>
    /// <param name="columns">The columns of the format.</param>
    /// <param name="date">The column whose dates tell the order of day and month, unless the context names it.</param>
    /// <param name="usual">The order of the format's dates where they can be read in two; null to refuse such a file.</param>
    public static IEnumerable<CsvRecord> Read(
        TextLines lines, HistoryContext context, IReadOnlyList<CsvColumn> columns, string date, DateOrder? usual = null)
    {
        context.CheckCurrency();
        var first = lines.Peek() ?? "";
        var delimiter = context.Delimiter ?? lines.Separator ?? CsvLayout.DelimiterOf(first, columns, context.Columns);
        using var records = CsvLines.Read(lines, delimiter).GetEnumerator();
        if (!records.MoveNext())
        {
            throw new HistoryFormatException(
                lines.Broken ?? $"The file is empty: a header with {string.Join(", ", columns.Where(c => c.Required).Select(c => c.Name))} was expected.");
        }

        var header = records.Current;
        var layout = RefusalCodes.Of(header.Flaw) is { } flaw
            ? throw new HistoryFormatException($"Line {header.First} should be the header, but {flaw.Message}")
            : CsvLayout.Of(header.Fields, delimiter, columns, context.Columns);

        // The first lines wait until one of them tells how the file writes its dates.
        var waiting = new List<CsvLine>();
        var dates = context.Dates ?? Order();
        foreach (var line in waiting)
        {
            yield return CsvRecord.Of(line, layout, context, dates);
        }

        waiting.Clear();
        while (records.MoveNext())
        {
            yield return CsvRecord.Of(records.Current, layout, context, dates);
        }

        DateOrder Order()
        {
            var column = new DateColumn(date);
            var place = layout.Places[date];
            while (!column.IsTold && records.MoveNext())
            {
                var line = records.Current;
                waiting.Add(line);
                if (line.Flaw == LineFlaw.None && line.Fields.Length == layout.Width)
                {
                    column.Look(line.Fields[place].Trim(), line.First);
                }
            }

            return column.Decide(usual);
        }
    }
}
