using System.Text.Json;
using System.Text.Json.Serialization;

namespace ClvOrleans.Domain.Events;

/// <summary>
/// Writes an event's key as one text, so that it can be the name of a property: the source's length, the source, the message id.
/// </summary>
public sealed class EventKeyJsonConverter : JsonConverter<EventKey>
{
    /// <inheritdoc />
    public override EventKey Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Parse(reader.GetString()!);

    /// <inheritdoc />
    public override void Write(Utf8JsonWriter writer, EventKey value, JsonSerializerOptions options) =>
        writer.WriteStringValue(Format(value));

    /// <inheritdoc />
    public override EventKey ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Parse(reader.GetString()!);

    /// <inheritdoc />
    public override void WriteAsPropertyName(Utf8JsonWriter writer, EventKey value, JsonSerializerOptions options) =>
        writer.WritePropertyName(Format(value));

    private static string Format(EventKey key) => $"{key.Source.Length}:{key.Source}{key.MessageId}";

    private static EventKey Parse(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var end = colon + 1 + int.Parse(text.AsSpan(0, colon), System.Globalization.CultureInfo.InvariantCulture);
        return new EventKey(text[(colon + 1)..end], text[end..]);
    }
}
