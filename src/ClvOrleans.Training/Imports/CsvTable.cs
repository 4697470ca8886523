namespace ClvOrleans.Training.Imports;

/// <summary>A CSV file with a header: hands out records with named columns; those that are not as wide as the header have a problem.</summary>
internal static class CsvTable
{
    public static IEnumerable<CsvRecord> Read(TextLines lines, HistoryContext context, IReadOnlyList<CsvColumn> columns)
    {
        var amounts = new Amounts(context);
        CsvLayout? layout = null;
        var delimiter = CsvLayout.DelimiterOf(lines.Peek() ?? "", columns, context.Columns);
        foreach (var line in CsvLines.Read(lines, delimiter))
        {
            if (layout is null)
            {
                layout = RefusalCodes.Of(line.Flaw) is { } flaw
                    ? throw new HistoryFormatException($"Line {line.First} should be the header, but {flaw.Message}")
                    : CsvLayout.Of(line.Fields, delimiter, columns, context.Columns);
                continue;
            }

            yield return CsvRecord.Of(line, layout, amounts);
        }

        if (layout is null)
        {
            throw new HistoryFormatException(
                lines.Broken ?? $"The file is empty: a header with {string.Join(", ", columns.Where(c => c.Required).Select(c => c.Name))} was expected.");
        }
    }
}
