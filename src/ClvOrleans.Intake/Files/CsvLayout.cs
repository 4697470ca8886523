using System.Collections.Immutable;

namespace ClvOrleans.Intake.Files;

/// <summary>How a CSV file is laid out, as its header shows: what stands between the fields, and where the columns are.</summary>
/// <param name="Delimiter">What stands between fields.</param>
/// <param name="Header">The header's fields.</param>
/// <param name="Places">Place of a format's column in a line.</param>
internal sealed record CsvLayout(char Delimiter, IReadOnlyList<string> Header, IReadOnlyDictionary<string, int> Places)
{
    private static readonly char[] Delimiters = [',', ';', '\t', '|'];

    /// <summary>The format's column of currencies; null where the file has none.</summary>
    public string? Currency { get; private init; }

    /// <summary>How many columns a line has.</summary>
    public int Width => Header.Count;

    /// <summary>The delimiter that finds the most columns in a header; of equal ones that with the most fields.</summary>
    public static char DelimiterOf(string header, IReadOnlyList<CsvColumn> columns, ImmutableDictionary<string, string> map) =>
        Delimiters.MaxBy(d => (
            columns.Count(c => Names(c, map).Any(n => Fields(header, d).Any(f => Same(f, n)))),
            header.AsSpan().Count(d)));

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
            var known = string.Join(", ", columns.Select(c => c.Name));
            throw new HistoryFormatException($"'{unknown}' is not a column of this format: {known} are.");
        }

        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var column in columns)
        {
            var names = Names(column, map);
            if (names.Select(name => Place(header, name, column)).FirstOrDefault(p => p is not null) is { } place)
            {
                places[column.Name] = place;
            }
            else if (column.Required || Mapped(column, map) is { Length: > 0 })
            {
                var there = string.Join(", ", header);
                throw new HistoryFormatException(
                    $"The column '{(names.Length == 0 ? column.Name : string.Join("' or '", names))}' is missing; the file has: "
                        + $"{(there.Length > 300 ? there[..300] + "…" : there)}.");
            }
        }

        return new CsvLayout(delimiter, [.. header.Select(h => h.Trim())], places)
        {
            Currency = columns.FirstOrDefault(c => c.Kind == ColumnKind.Currency && places.ContainsKey(c.Name))?.Name,
        };
    }

    /// <summary>Says which columns are read, and which are not.</summary>
    public void Tell(FileFindings findings)
    {
        var read = Places.Values.ToHashSet();
        findings.Delimiter = Delimiter switch
        {
            ',' => "comma",
            ';' => "semicolon",
            '\t' => "tab",
            '|' => "pipe",
            _ => Delimiter.ToString(),
        };
        findings.Layout(
            Places.Select(p => KeyValuePair.Create(p.Key, Header[p.Value])),
            Header.Where((name, place) => !read.Contains(place) && name.Length > 0).Distinct(StringComparer.Ordinal));
    }

    private static int? Place(string[] header, string name, CsvColumn column)
    {
        var found = Enumerable.Range(0, header.Length).Where(i => Same(name, header[i].Trim())).ToList();
        return found.Count > 1
            ? throw new HistoryFormatException($"The column '{header[found[0]].Trim()}' occurs twice ({column.Name}).")
            : found.Count == 1 ? found[0] : null;
    }

    private static string? Mapped(CsvColumn column, ImmutableDictionary<string, string> map) =>
        map.FirstOrDefault(c => Same(c.Key, column.Name)).Value;

    // A column that is mapped to nothing is not to be read.
    private static string[] Names(CsvColumn column, ImmutableDictionary<string, string> map) =>
        Mapped(column, map) is { } mapped ? mapped.Length == 0 ? [] : [mapped] : [column.Name, .. column.Aliases];

    private static IEnumerable<string> Fields(string header, char delimiter) => header.Split(delimiter).Select(f => f.Trim().Trim('"'));

    // Order status, order_status and order-status are the same.
    private static bool Same(string a, string b) =>
        a.Length == b.Length && string.Equals(Plain(a), Plain(b), StringComparison.OrdinalIgnoreCase);

    private static string Plain(string name) => name.Replace('_', ' ').Replace('-', ' ');
}
