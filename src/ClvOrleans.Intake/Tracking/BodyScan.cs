using System.Text.Json;

namespace ClvOrleans.Intake.Tracking;

/// <summary>
/// One pass over a body that finds its parts and checks that all of it is JSON. It keeps positions only, and one bit for a level of
/// nesting: 4 MB of brackets take half a megabyte.
/// </summary>
internal readonly ref struct BodyScan
{
    private BodyScan(Utf8JsonReader reader, ReadOnlyMemory<byte> body)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isKey = reader.ValueTextEquals("writeKey"u8);
            var isType = reader.ValueTextEquals("type"u8);
            var isBatch = reader.ValueTextEquals("batch"u8);
            var isSentAt = reader.ValueTextEquals("sentAt"u8);
            var isContext = reader.ValueTextEquals("context"u8);
            var isIntegrations = reader.ValueTextEquals("integrations"u8);
            reader.Read();
            if (isBatch)
            {
                Events = reader.TokenType == JsonTokenType.StartArray ? EventsOf(ref reader, body) : null;
                reader.Skip();
                continue;
            }

            WriteKey = !isKey ? WriteKey : reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
            HasType = isType ? reader.TokenType == JsonTokenType.String : HasType;
            var part = Part(ref reader, body);
            SentAt = isSentAt ? part : SentAt;
            Context = isContext ? part : Context;
            Integrations = isIntegrations ? part : Integrations;
        }

        while (reader.Read())
        {
            // What follows the object is no JSON: the reader says so.
        }
    }

    public string? WriteKey { get; }

    public bool HasType { get; }

    /// <summary>The events of the batch; null where the body has none.</summary>
    public List<ReceivedEvent>? Events { get; }

    public ReadOnlyMemory<byte> SentAt { get; }

    public ReadOnlyMemory<byte> Context { get; }

    public ReadOnlyMemory<byte> Integrations { get; }

    /// <summary>Scans a body. Of equal names the last counts.</summary>
    /// <exception cref="UnreadableBodyException">It is not an object, or has too many events.</exception>
    /// <exception cref="JsonException">It is not JSON.</exception>
    public static BodyScan Of(ReadOnlyMemory<byte> body)
    {
        var reader = new Utf8JsonReader(body.Span, new JsonReaderOptions { MaxDepth = int.MaxValue });
        reader.Read();
        return reader.TokenType == JsonTokenType.StartObject
            ? new BodyScan(reader, body)
            : throw new UnreadableBodyException("invalid_body", "The body must be a JSON object.");
    }

    private static List<ReceivedEvent> EventsOf(ref Utf8JsonReader reader, ReadOnlyMemory<byte> body)
    {
        var events = new List<ReceivedEvent>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (events.Count == ReceivedBatch.MostEvents)
            {
                throw new UnreadableBodyException("too_many_events", $"batch has more than {ReceivedBatch.MostEvents} events.");
            }

            events.Add(new ReceivedEvent(Part(ref reader, body)));
        }

        return events;
    }

    private static ReadOnlyMemory<byte> Part(ref Utf8JsonReader reader, ReadOnlyMemory<byte> body)
    {
        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        return body[start..(int)reader.BytesConsumed];
    }
}
