using ClvOrleans.Intake.Rules;

namespace ClvOrleans.Intake.Files;

/// <summary>
/// A CSV file with a header: hands out records with named columns; those that are not as wide as the header have a problem.
/// </summary>
internal static class CsvTable
{
    /// <param name="lines">The file.</param>
    /// <param name="context">What is known beside it, and takes what is understood.</param>
    /// <param name="columns">The columns of the format.</param>
    /// <param name="usual">The order of the format's dates where they can be read in two; null to refuse such a file.</param>
    public static IEnumerable<CsvRecord> Read(
        TextLines lines, HistoryContext context, IReadOnlyList<CsvColumn> columns, DateOrder? usual = null)
    {
        context.CheckCurrency();
        var first = lines.Peek() ?? "";
        var delimiter = context.Delimiter ?? lines.Separator ?? CsvLayout.DelimiterOf(first, columns, context.Columns);
        var layout = Layout();
        layout.Tell(context.Findings);
        var form = new ColumnScan(layout, columns, context).Read(lines, usual);
        (context.Findings.Dates, context.Findings.DecimalSign) = (form.Dates, form.Sign);
        foreach (var line in CsvLines.Read(lines, delimiter))
        {
            yield return CsvRecord.Of(line, layout, context, form);
        }

        CsvLayout Layout()
        {
            foreach (var header in CsvLines.Read(lines, delimiter))
            {
                return RefusalCodes.Of(header.Flaw) is { } flaw
                    ? throw new HistoryFormatException($"Line {header.First} should be the header, but {flaw.Message}")
                    : CsvLayout.Of(header.Fields, delimiter, columns, context.Columns);
            }

            var needed = string.Join(", ", columns.Where(c => c.Required).Select(c => c.Name));
            throw new HistoryFormatException(lines.Broken ?? $"The file is empty: a header with {needed} was expected.");
        }
    }
}
