namespace ClvOrleans.Training.Imports;

/// <summary>A CSV file with a header: finds the columns by name, and hands out records that have as many fields as the header.</summary>
internal static class CsvTable
{
    public static IEnumerable<CsvRecord> Read(TextReader text, HistoryContext context, IReadOnlyList<CsvColumn> columns)
    {
        var amounts = new Amounts(context);
        Dictionary<string, int>? places = null;
        var width = 0;
        foreach (var line in CsvLines.Read(text))
        {
            if (places is null)
            {
                places = Places(line.Fields, context, columns);
                width = line.Fields.Length;
                continue;
            }

            var record = new CsvRecord(line, places, amounts);
            if (line.BadQuotes)
            {
                record.Refuse(RefusalCodes.BadQuotes, $"Line {line.First}: a quoted field does not end, or a quote stands within an unquoted one.");
            }
            else if (line.Fields.Length != width)
            {
                record.Refuse(RefusalCodes.WrongColumnCount, $"Line {line.First} has {line.Fields.Length} columns, the header has {width}.");
            }

            yield return record;
        }

        if (places is null)
        {
            throw new HistoryFormatException($"The file is empty: a header with {string.Join(", ", columns.Where(c => c.Required).Select(c => c.Name))} was expected.");
        }
    }

    private static Dictionary<string, int> Places(string[] header, HistoryContext context, IReadOnlyList<CsvColumn> columns)
    {
        foreach (var (name, _) in context.Columns)
        {
            if (!columns.Any(c => Same(c.Name, name)))
            {
                throw new HistoryFormatException($"'{name}' is no column of this format: {string.Join(", ", columns.Select(c => c.Name))} are.");
            }
        }

        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var column in columns)
        {
            var mapped = context.Columns.FirstOrDefault(c => Same(c.Key, column.Name)).Value;
            string[] names = mapped is null ? [column.Name, .. column.Aliases] : [mapped];
            var found = Enumerable.Range(0, header.Length).Where(i => names.Any(n => Same(n, header[i].Trim()))).ToList();
            if (found.Count > 1)
            {
                throw new HistoryFormatException($"The column '{header[found[0]].Trim()}' is there twice ({column.Name}).");
            }

            if (found.Count == 1)
            {
                places[column.Name] = found[0];
            }
            else if (column.Required || mapped is not null)
            {
                throw new HistoryFormatException($"The column '{string.Join("' or '", names)}' is missing; the file has: {string.Join(", ", header)}.");
            }
        }

        return places;
    }

    private static bool Same(string a, string b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);
}
