namespace ClvOrleans.Domain.Names;

/// <summary>
/// The rule for names that a store's people give: a letter, then up to 62 of a-z, 0-9 and '-'; safe in keys, addresses, rules and file
/// names.
/// </summary>
public static class ShortName
{
    /// <summary>The longest name.</summary>
    public const int MaxLength = 63;

    /// <summary>Whether a text is such a name.</summary>
    public static bool IsValid(string? text) => text is { Length: > 0 and <= MaxLength } && char.IsAsciiLetterLower(text[0])
        && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');
}
