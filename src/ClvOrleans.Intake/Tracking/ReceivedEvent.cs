using System.Runtime.InteropServices;
using System.Text.Json;
using ClvOrleans.Intake.Rules;

namespace ClvOrleans.Intake.Tracking;

/// <summary>
/// One event of a body as the bytes of its JSON. It is parsed each time it is asked for, so that of 20,000 events one at a time is in
/// memory as a document; one that is too large to count is never parsed.
/// </summary>
/// <param name="Json">The event's JSON, whole and valid; it belongs to the body.</param>
public readonly record struct ReceivedEvent(ReadOnlyMemory<byte> Json)
{
    // The depth is judged event by event, so that a deep one does not cost the others.
    private static readonly JsonDocumentOptions AnyDepth = new() { MaxDepth = int.MaxValue };

    /// <summary>Whether it is larger than any event that counts: <see cref="EventReader.MostBytes"/>.</summary>
    public bool IsTooLarge => Json.Length > EventReader.MostBytes;

    /// <summary>The event of an element.</summary>
    public static ReceivedEvent Of(JsonElement e) => new(JsonMarshal.GetRawUtf8Value(e).ToArray());

    /// <summary>The event as a document of its own.</summary>
    public JsonElement Parse()
    {
        using var document = JsonDocument.Parse(Json, AnyDepth);
        return document.RootElement.Clone();
    }

    /// <summary>The last member of a name directly within the event, where it is text; null otherwise. Reads over the bytes once.</summary>
    internal string? FindText(ReadOnlySpan<byte> name)
    {
        var reader = new Utf8JsonReader(Json.Span, new JsonReaderOptions { MaxDepth = int.MaxValue });
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            return null;
        }

        string? text = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isNamed = reader.ValueTextEquals(name);
            reader.Read();
            if (isNamed)
            {
                text = reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
            }

            reader.Skip();
        }

        return text;
    }
}
