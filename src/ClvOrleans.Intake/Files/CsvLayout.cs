using System.Collections.Immutable;

namespace ClvOrleans.Intake.Files;

/// <summary>How a CSV file is laid out, as its header shows: comma, semicolon or tab between the fields, and where the columns are.</summary>
/// <param name="Delimiter">What stands between fields. With a semicolon, numbers may have a decimal comma.</param>
/// <param name="Width">How many columns the header has.</param>
/// <param name="Places">Place of a format's column in a line.</param>
internal sealed record CsvLayout(char Delimiter, int Width, IReadOnlyDictionary<string, int> Places)
{
    private static readonly char[] Delimiters = [',', ';', '\t'];

    /// <summary>The delimiter that finds the most columns in a header.</summary>
    public static char DelimiterOf(string header, IReadOnlyList<CsvColumn> columns, ImmutableDictionary<string, string> map) =>
        Delimiters.MaxBy(d => columns.Count(c => Names(c, map).Any(n => Fields(header, d).Any(f => Same(f, n)))));

    /// <summary>Whether a header has every column that a format must have.</summary>
    public static bool Recognises(string header, IReadOnlyList<CsvColumn> columns, ImmutableDictionary<string, string> map, char? delimiter)
    {
        var fields = Fields(header, delimiter ?? DelimiterOf(header, columns, map));
        return columns.Where(c => c.Required).All(c => Names(c, map).Any(n => fields.Any(f => Same(f, n))));
    }

    /// <summary>Finds the columns. <exception cref="HistoryFormatException">One is missing, unknown or there twice.</exception></summary>
    public static CsvLayout Of(string[] header, char delimiter, IReadOnlyList<CsvColumn> columns, ImmutableDictionary<string, string> map)
    {
        if (map.Keys.FirstOrDefault(name => !columns.Any(c => Same(c.Name, name))) is { } unknown)
        {
            throw new HistoryFormatException($"'{unknown}' is not a column of this format: {string.Join(", ", columns.Select(c => c.Name))} are.");
        }

        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var column in columns)
        {
            var names = Names(column, map);
            var found = Enumerable.Range(0, header.Length).Where(i => names.Any(n => Same(n, header[i].Trim()))).ToList();
            if (found.Count > 1)
            {
                throw new HistoryFormatException($"The column '{header[found[0]].Trim()}' occurs twice ({column.Name}).");
            }

            if (found.Count == 1)
            {
                places[column.Name] = found[0];
            }
            else if (column.Required || Mapped(column, map) is not null)
            {
                var there = string.Join(", ", header);
                throw new HistoryFormatException(
                    $"The column '{string.Join("' or '", names)}' is missing; the file has: {(there.Length > 300 ? there[..300] + "…" : there)}.");
            }
        }

        return new CsvLayout(delimiter, header.Length, places);
    }

    private static string? Mapped(CsvColumn column, ImmutableDictionary<string, string> map) => map.FirstOrDefault(c => Same(c.Key, column.Name)).Value;

    private static string[] Names(CsvColumn column, ImmutableDictionary<string, string> map) =>
        Mapped(column, map) is { } mapped ? [mapped] : [column.Name, .. column.Aliases];

    private static IEnumerable<string> Fields(string header, char delimiter) => header.Split(delimiter).Select(f => f.Trim().Trim('"'));

    private static bool Same(string a, string b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);
}
