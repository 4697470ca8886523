using System.Buffers;
using System.Text.RegularExpressions;

namespace ClvOrleans.Storage.Privacy;

/// <summary>
/// Finds names of people in texts of any form, such as JSON that was refused because it is none: whole words only, in any case, also where
/// characters are escaped. A short name counts only between quotes or commas: <c>17</c> is in every other text.
/// </summary>
public sealed partial class NameSearch(IEnumerable<string> names)
{
    private const int Short = 6;
    private static readonly SearchValues<char> Ends = SearchValues.Create("\",;'\t\r\n");
    private readonly SearchValues<string> _names =
        SearchValues.Create([.. names.Where(n => n.Length > 0).Distinct(StringComparer.Ordinal)], StringComparison.OrdinalIgnoreCase);

    // By length, the longest first: at one place several names may begin.
    private readonly string[] _all = [.. names.Where(n => n.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase)];
    private HashSet<string>.AlternateLookup<ReadOnlySpan<char>>? _lookup;
    private int[]? _lengths;

    /// <summary>Whether one of the names is in a text.</summary>
    public bool IsIn(string text) => Holds(text) || (text.Contains('\\', StringComparison.Ordinal) && Holds(Unescaped(text)));

    private bool Holds(ReadOnlySpan<char> text)
    {
        for (var from = 0; text[from..].IndexOfAny(_names) is var at && at >= 0; from++)
        {
            from += at;
            if (IsName(text, from))
            {
                return true;
            }
        }

        return false;
    }

    private bool IsName(ReadOnlySpan<char> text, int at)
    {
        var known = _lookup ??= new HashSet<string>(_all, StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (var length in _lengths ??= [.. _all.Select(n => n.Length).Distinct()])
        {
            if (at + length <= text.Length && known.Contains(text.Slice(at, length)))
            {
                var (before, after) = (at == 0 ? '"' : text[at - 1], at + length == text.Length ? '"' : text[at + length]);
                if (length < Short ? Ends.Contains(before) && Ends.Contains(after) : !IsOfWord(before) && !IsOfWord(after))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static bool IsOfWord(char c) => char.IsLetterOrDigit(c);

    private static string Unescaped(string text) => Escape().Replace(text, m => m.Groups[1].Success
        ? ((char)Convert.ToInt32(m.Groups[1].Value, 16)).ToString()
        : m.Groups[2].Value);

    [GeneratedRegex(@"\\(?:u([0-9a-fA-F]{4})|([""\\/]))")]
    private static partial Regex Escape();
}
