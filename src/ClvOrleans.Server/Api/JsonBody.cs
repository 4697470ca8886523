using System.Globalization;
using System.Text.Json;

namespace ClvOrleans.Server.Api;

/// <summary>Reads the JSON of <c>/api</c> bodies. What passes has no text that a reader could stumble over.</summary>
internal static class JsonBody
{
    private const int MostDepth = 64;
    private static readonly JsonReaderOptions Options = new() { MaxDepth = MostDepth };

    /// <summary>Parses a body; the caller disposes the document.</summary>
    /// <exception cref="FormatException">It is not JSON, or a text within it is not valid Unicode: the message names the place.</exception>
    public static JsonDocument Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            if (FindBrokenText(body.Span) is { } place)
            {
                throw new FormatException($"{place} is not valid Unicode.");
            }

            return JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = MostDepth });
        }
        catch (JsonException e)
        {
            throw new JsonException(
                $"The body is not JSON, or deeper than {MostDepth} levels; the error is in line {e.LineNumber + 1}, byte "
                    + $"{e.BytePositionInLine + 1}.", e);
        }
    }

    /// <summary>The refusal of a member that a body does not take.</summary>
    /// <param name="member">Its name.</param>
    /// <param name="taken">The members that it takes, as a sentence names them.</param>
    public static FormatException NotTaken(string member, string taken) =>
        new($"{member} is not a member of this body; it takes {taken}.");

    // The place of the first text with half of a surrogate pair or bytes that are no UTF-8, as [3].id; null where there is none.
    private static string? FindBrokenText(ReadOnlySpan<byte> body)
    {
        var reader = new Utf8JsonReader(body, Options);
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
                return place.Length == 0 ? "The body" : place;
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
