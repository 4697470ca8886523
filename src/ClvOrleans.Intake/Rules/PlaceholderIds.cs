using System.Collections.Frozen;

namespace ClvOrleans.Intake.Rules;

/// <summary>
/// Placeholders: what shops' scripts send where they know no customer. Accepted as ids they would merge unrelated customers of a
/// store into one customer of enormous value.
/// </summary>
public static class PlaceholderIds
{
    private static readonly FrozenSet<string> Words = FrozenSet.ToFrozenSet(
        [
            "undefined", "null", "nil", "none", "nan", "n/a", "na", "not set", "unset", "empty", "unknown", "guest", "anonymous", "anon",
            "visitor",
            "true", "false", "object object", "object undefined", "object null", "-1", "id", "userid", "user_id", "user id", "distinct_id",
            "not_authenticated", "test@test.com", "\\N", "#n/a", "#null!", "#ref!", "#value!", "#name?", "#num!", "#div/0!",
        ],
        StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// Whether an id is blank, a word such as <c>undefined</c> or <c>guest</c> (in any case, quotes and brackets), all zeros (<c>0</c>,
    /// the nil UUID in any form), or nothing but ASCII punctuation.
    /// </summary>
    public static bool IsPlaceholder(string id)
    {
        var word = id.AsSpan().Trim().Trim("\"'`()[]{}<>");
        return word.TrimEnd("0-").IsEmpty || IsPunctuation(word) || Words.GetAlternateLookup<ReadOnlySpan<char>>().Contains(word);
    }

    private static bool IsPunctuation(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (c > '~' || char.IsAsciiLetterOrDigit(c))
            {
                return false;
            }
        }

        return true;
    }
}
