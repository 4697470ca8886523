using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace ClvOrleans.Model.Intake;

/// <summary>Reads fields of clients' JSON leniently where that is safe, and refuses by name where it is not.</summary>
internal static partial class Json
{
    private const int DescriptionLength = 200;

    /// <summary>
    /// A member of an object, the last of equal names; undefined where it is absent, null, or where there is no object.
    /// </summary>
    public static JsonElement Find(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null
            ? value
            : default;

    /// <summary>
    /// Text of a string, trimmed, or of a number, written shortest (42.0 and "42" are the same); null where absent or blank. Other types
    /// are refused.
    /// </summary>
    public static string? Text(JsonElement parent, string name, string path, string code)
    {
        var value = Find(parent, name);
        var text = value.ValueKind switch
        {
            JsonValueKind.Undefined => null,
            JsonValueKind.String => value.GetString(),
            JsonValueKind.Number => PlainNumber.Shortest(value.GetRawText()) ?? throw new RefusedException(code, $"{path} is a number that is too long."),
            _ => throw new RefusedException(code, $"{path} must be a string."),
        };
        return string.IsNullOrWhiteSpace(text) ? null : text.Trim();
    }

    /// <summary>
    /// Text that identifies something: at most <paramref name="longest"/> characters, without U+0000 (PostgreSQL cannot hold it) and
    /// without U+FFFD (it stands for characters that were lost, and two ids that lost some may look alike).
    /// </summary>
    public static string? Id(JsonElement parent, string name, string path, string code, int longest)
    {
        var id = Text(parent, name, path, code);
        return id switch
        {
            null => null,
            _ when id.Length > longest => throw new RefusedException(code, $"{path} is longer than {longest} characters."),
            _ when id.Contains('\0', StringComparison.Ordinal) => throw new RefusedException(code, $"{path} holds U+0000."),
            _ when id.Contains('\uFFFD', StringComparison.Ordinal) =>
                throw new RefusedException(code, $"{path} holds half of a surrogate pair, bytes that are no UTF-8, or U+FFFD."),
            _ => id,
        };
    }

    /// <summary>Text that only describes: cut to 200 characters, without U+0000; null where it is no text.</summary>
    public static string? Describe(JsonElement parent, string name)
    {
        if (Find(parent, name) is not { ValueKind: JsonValueKind.String or JsonValueKind.Number } value)
        {
            return null;
        }

        var text = value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
        text = text.Replace("\0", "", StringComparison.Ordinal).Trim();
        if (text.Length > DescriptionLength)
        {
            text = text[..(char.IsHighSurrogate(text[DescriptionLength - 1]) ? DescriptionLength - 1 : DescriptionLength)];
        }

        return text.Length == 0 ? null : text;
    }

    /// <summary>An exact decimal of a number or of a string that is a plain number; null where absent or blank.</summary>
    public static decimal? Number(JsonElement parent, string name, string path, string code)
    {
        var value = Find(parent, name);
        var text = value.ValueKind switch
        {
            JsonValueKind.Undefined => "",
            JsonValueKind.Number => value.GetRawText(),
            JsonValueKind.String => value.GetString()!.Trim(),
            _ => throw new RefusedException(code, $"{path} must be a number."),
        };
        if (text.Length == 0)
        {
            return null;
        }

        return PlainNumber.TryRead(text, out var number)
            ? number
            : throw new RefusedException(code, $"{path} is '{Shorten(text)}', which is no plain number, or too large.");
    }

    /// <summary>
    /// The same bytes as Unicode text: what is no UTF-8, and halves of surrogate pairs, escaped or not, become U+FFFD. No reader of the
    /// JSON can stumble over them afterwards, wherever they stood.
    /// </summary>
    public static ReadOnlyMemory<byte> Repair(ReadOnlyMemory<byte> json)
    {
        if (json.Span.StartsWith("\uFEFF"u8))
        {
            json = json[3..];
        }

        var whole = System.Text.Unicode.Utf8.IsValid(json.Span);
        if (whole && json.Span.IndexOf("\\ud"u8) < 0 && json.Span.IndexOf("\\uD"u8) < 0)
        {
            return json;
        }

        var text = Escape().Replace(Encoding.UTF8.GetString(json.Span), m => m.Groups["half"].Success ? "\\ufffd" : m.Value);
        return Encoding.UTF8.GetBytes(text);
    }

    private static string Shorten(string text) => text.Length <= 40 ? text : text[..40] + "...";

    // An escaped backslash is consumed first, so that what follows it is not taken for an escape; then whole pairs.
    [GeneratedRegex(@"\\\\|\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(?<half>\\u[dD][89a-fA-F][0-9a-fA-F]{2})", RegexOptions.ExplicitCapture)]
    private static partial Regex Escape();
}
