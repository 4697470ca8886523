using System.Globalization;
using System.Text;
using System.Text.Json;

namespace ClvOrleans.Model.Intake;

/// <summary>Reads fields of clients' JSON leniently where that is safe, and refuses by name where it is not.</summary>
internal static class Json
{
    /// <summary>A member of an object; undefined where it is absent, null where it is null, or where there is no object.</summary>
    public static JsonElement Find(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null
            ? value
            : default;

    /// <summary>Text of a string or number, trimmed; null where absent or blank. Other types are refused.</summary>
    public static string? Text(JsonElement parent, string name, string path, string code)
    {
        var value = Find(parent, name);
        var text = value.ValueKind switch
        {
            JsonValueKind.Undefined => null,
            JsonValueKind.String => String(value, path, code),
            JsonValueKind.Number => value.GetRawText(),
            _ => throw new RefusedException(code, $"{path} must be a string."),
        };
        return string.IsNullOrWhiteSpace(text) ? null : text.Trim();
    }

    /// <summary>Text that only describes: cut to 200 characters, null where it is not text.</summary>
    public static string? Describe(JsonElement parent, string name)
    {
        try
        {
            return Text(parent, name, name, "") is { } text ? Clean(text[..Math.Min(text.Length, 200)]) : null;
        }
        catch (RefusedException)
        {
            return null;
        }
    }

    /// <summary>An exact decimal; null where absent. Strings must be plain: digits, at most one point, a sign.</summary>
    public static decimal? Number(JsonElement parent, string name, string path, string code)
    {
        var value = Find(parent, name);
        var text = value.ValueKind switch
        {
            JsonValueKind.Undefined => null,
            JsonValueKind.Number => value.GetRawText(),
            JsonValueKind.String => String(value, path, code).Trim(),
            _ => throw new RefusedException(code, $"{path} must be a number."),
        };
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        const NumberStyles Plain = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        return decimal.TryParse(text, Plain, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new RefusedException(code, $"{path} is '{Short(text)}', which is no plain number.");
    }

    /// <summary>A sum of money that is not negative, in major units; null where absent.</summary>
    public static decimal? Amount(JsonElement parent, string name, string path)
    {
        var amount = Number(parent, name, path, "invalid_money");
        return amount switch
        {
            < 0 => throw new RefusedException("invalid_money", $"{path} is negative."),
            > 1_000_000_000_000m => throw new RefusedException("invalid_money", $"{path} is too large to be an amount of money."),
            _ => amount,
        };
    }

    /// <summary>Whether a surrogate lacks its other half.</summary>
    public static bool HasLoneSurrogate(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                i++;
            }
            else if (char.IsSurrogate(text[i]))
            {
                return true;
            }
        }

        return false;
    }

    private static string Clean(string text)
    {
        var clean = text.Replace("\0", "", StringComparison.Ordinal);
        return HasLoneSurrogate(clean) ? Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(clean)) : clean;
    }

    private static string String(JsonElement value, string path, string code)
    {
        try
        {
            return value.GetString()!;
        }
        catch (InvalidOperationException)
        {
            // A lone surrogate, escaped.
            throw new RefusedException(code.Length == 0 ? "invalid_text" : code, $"{path} holds half of a surrogate pair.");
        }
    }

    private static string Short(string text) => text.Length <= 40 ? text : text[..40] + "...";
}
