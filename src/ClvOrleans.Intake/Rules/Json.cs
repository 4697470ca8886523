using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace ClvOrleans.Intake.Rules;

/// <summary>Reads fields of clients' JSON leniently where that is safe, and refuses by name where it is not.</summary>
internal static class Json
{
    private const int DescriptionLength = 200;

    /// <summary>
    /// A member of an object, the last of equal names; undefined where it is absent, null, or where there is no object.
    /// </summary>
    public static JsonElement Find(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null
            ? value
            : default;

    /// <summary>Refuses what is not an object, and members that nobody would read.</summary>
    /// <param name="e">The element.</param>
    /// <param name="known">The names of members that there are.</param>
    /// <param name="path">Where it stands, with what parts it from its members; empty for the whole body.</param>
    /// <param name="code">The code of the refusal.</param>
    /// <exception cref="RefusedException">It is something else: the message names the place.</exception>
    public static void CheckMembers(JsonElement e, IReadOnlyCollection<string> known, string path, string code)
    {
        if (e.ValueKind != JsonValueKind.Object)
        {
            throw new RefusedException(code, $"{(path.Length == 0 ? "The body" : path[..^1])} is not an object.");
        }

        if (e.EnumerateObject().FirstOrDefault(p => !known.Contains(p.Name)) is { Value.ValueKind: not JsonValueKind.Undefined } unknown)
        {
            throw new RefusedException(code, $"{path}{unknown.Name} is unknown; there are {string.Join(", ", known)}.");
        }
    }

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
            JsonValueKind.Number => PlainNumber.Shortest(value.GetRawText())
                ?? throw new RefusedException(code, $"{path} is a number that is too long."),
            _ => throw new RefusedException(code, $"{path} must be a string."),
        };
        return string.IsNullOrWhiteSpace(text) ? null : text.Trim();
    }

    /// <summary>
    /// Text that identifies something, as <see cref="IdRules.Read"/> reads it; <paramref name="flaw"/> says why it cannot.
    /// </summary>
    public static string? Id(JsonElement parent, string name, string path, IdKind kind, out Refusal? flaw)
    {
        var text = Text(parent, name, path, kind == IdKind.Order ? RuleCodes.InvalidOrder : RuleCodes.InvalidCustomer);
        return IdRules.Read(text, kind, path, out flaw);
    }

    /// <summary>Text that only describes: cut to a length, without U+0000; null where it is no text.</summary>
    public static string? Describe(JsonElement parent, string name, int longest = DescriptionLength)
    {
        if (Find(parent, name) is not { ValueKind: JsonValueKind.String or JsonValueKind.Number } value)
        {
            return null;
        }

        var text = value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
        text = text.Replace("\0", "", StringComparison.Ordinal).Trim();
        if (text.Length > longest)
        {
            text = text[..(char.IsHighSurrogate(text[longest - 1]) ? longest - 1 : longest)];
        }

        return text.Length == 0 ? null : text;
    }

    /// <summary>The text of a number, or of a string that may be one; null where absent or blank. Other types are refused.</summary>
    public static string? NumberText(JsonElement parent, string name, string path, string code)
    {
        var value = Find(parent, name);
        var text = value.ValueKind switch
        {
            JsonValueKind.Undefined => "",
            JsonValueKind.Number => value.GetRawText(),
            JsonValueKind.String => value.GetString()!.Trim(),
            _ => throw new RefusedException(code, $"{path} must be a number."),
        };
        return text.Length == 0 ? null : text;
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

        var whole = Utf8.IsValid(json.Span) ? json : ReplaceInvalid(json.Span);
        return whole.Span.IndexOf("\\ud"u8) < 0 && whole.Span.IndexOf("\\uD"u8) < 0 ? whole : ReplaceHalves(whole);
    }

    // Each longest part that could have begun a character, as the decoder of the framework does; counted first, then written.
    private static byte[] ReplaceInvalid(ReadOnlySpan<byte> bytes)
    {
        var length = 0;
        for (var rest = bytes; !rest.IsEmpty;)
        {
            length += Rune.DecodeFromUtf8(rest, out var rune, out var consumed) == OperationStatus.Done
                ? consumed
                : rune.Utf8SequenceLength;
            rest = rest[consumed..];
        }

        var (written, at) = (new byte[length], 0);
        for (var rest = bytes; !rest.IsEmpty;)
        {
            Rune.DecodeFromUtf8(rest, out var rune, out var consumed);
            at += rune.EncodeToUtf8(written.AsSpan(at));
            rest = rest[consumed..];
        }

        return written;
    }

    // \ufffd is as long as what it replaces.
    private static ReadOnlyMemory<byte> ReplaceHalves(ReadOnlyMemory<byte> json)
    {
        byte[]? written = null;
        for (var at = Next(json.Span, 0); at >= 0;)
        {
            var (unit, length) = (UnitAt(json.Span, at), 2); // An escaped backslash: what follows it is not taken for an escape.
            if (unit is >= 0xD800 and <= 0xDFFF)
            {
                length = unit < 0xDC00 && UnitAt(json.Span, at + 6) is >= 0xDC00 and <= 0xDFFF ? 12 : 6;
                if (length == 6)
                {
                    written ??= json.ToArray();
                    "\\ufffd"u8.CopyTo(written.AsSpan(at));
                }
            }

            at = Next(json.Span, at + length);
        }

        return written ?? json;

        static int Next(ReadOnlySpan<byte> text, int from) =>
            from < text.Length && text[from..].IndexOf((byte)'\\') is >= 0 and var next ? from + next : -1;
    }

    // The code unit of the escape that begins here; null where none does.
    private static int? UnitAt(ReadOnlySpan<byte> text, int at) =>
        at + 6 <= text.Length && text[at] == '\\' && text[at + 1] == 'u'
        && Utf8Parser.TryParse(text.Slice(at + 2, 4), out ushort unit, out var consumed, 'x') && consumed == 4
            ? unit
            : null;
}
