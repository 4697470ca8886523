using System.Globalization;
using System.Text.Json;

namespace ClvOrleans.Domain;

/// <summary>
/// Texts of JSON with half of a surrogate pair (<c>"\ud800"</c>) or bytes that are no UTF-8: JSON allows them, but none can be read.
/// </summary>
public static class BrokenText
{
    /// <summary>
    /// The place of the first text that is not valid Unicode, as <c>[3].id</c>; empty where it is all of it, null where there is none.
    /// </summary>
    /// <exception cref="JsonException">It is not JSON.</exception>
    public static string? Find(ReadOnlySpan<byte> json, JsonReaderOptions options)
    {
        var reader = new Utf8JsonReader(json, options);
        var places = new Stack<string>();
        var indexes = new Stack<int>();
        var member = "";
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName:
                    if (!TryRead(reader, out member))
                    {
                        return $"A name of a member{Within(places)}";
                    }

                    continue;
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    places.Pop();
                    indexes.Pop();
                    continue;
            }

            var place = Place(places, indexes, member);
            if (reader.TokenType == JsonTokenType.String && !TryRead(reader, out _))
            {
                return place;
            }

            if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
            {
                places.Push(place);
                indexes.Push(reader.TokenType == JsonTokenType.StartArray ? 0 : -1);
            }
        }

        return null;
    }

    private static string Place(Stack<string> places, Stack<int> indexes, string member)
    {
        if (!places.TryPeek(out var parent))
        {
            return "";
        }

        var index = indexes.Pop();
        indexes.Push(index < 0 ? index : index + 1);
        return index < 0
            ? parent.Length == 0 ? member : $"{parent}.{member}"
            : string.Create(CultureInfo.InvariantCulture, $"{parent}[{index}]");
    }

    private static string Within(Stack<string> places) => places.TryPeek(out var place) && place.Length > 0 ? $" of {place}" : "";

    private static bool TryRead(Utf8JsonReader reader, out string text)
    {
        try
        {
            text = reader.GetString()!;
            return true;
        }
        catch (InvalidOperationException)
        {
            text = "";
            return false;
        }
    }
}
