using System.Buffers;
using System.Text.Json;
using ClvOrleans.Intake.Rules;

namespace ClvOrleans.Intake.Tracking;

/// <summary>A body that could be read: its events are still to be judged one by one.</summary>
/// <param name="WriteKey">The write key in the body, if any.</param>
/// <param name="SentAt">When the client sent it, as it says; for events that say nothing themselves.</param>
/// <param name="Context">Context of all events; what an event's own context names goes first.</param>
/// <param name="Events">The events.</param>
/// <param name="TypeFromPath">The type that the address gives; null for batches.</param>
/// <param name="Integrations">Routing switches of all events.</param>
public sealed record ReceivedBatch(
    string? WriteKey, JsonElement SentAt, JsonElement Context, IReadOnlyList<ReceivedEvent> Events, string? TypeFromPath,
    JsonElement Integrations = default)
{
    /// <summary>Most events of a body. No client comes near it; it bounds what one request can make us write and answer.</summary>
    public const int MostEvents = 20_000;

    // Twice what an event may have, so that one that is a little too large is kept in full.
    private const int MostKeptBytes = 2 * EventReader.MostBytes;

    // The depth is judged event by event, so that a deep one does not cost the others.
    private static readonly JsonDocumentOptions AnyDepth = new() { MaxDepth = int.MaxValue };

    /// <summary>
    /// Reads a body: a batch, or one event. Whichever the address promises, the body decides: clients' proxies send batches to
    /// <c>/v1/track</c> and single events to <c>/v1/batch</c>. One pass; the events stay bytes of the body, which must not change.
    /// </summary>
    /// <exception cref="UnreadableBodyException">It is not JSON of that form.</exception>
    public static ReceivedBatch Read(ReadOnlyMemory<byte> body, string? typeFromPath)
    {
        body = Json.Repair(body);
        BodyScan scan;
        try
        {
            scan = BodyScan.Of(body);
        }
        catch (JsonException e)
        {
            throw NotJson(e);
        }

        return scan.Events switch
        {
            null when typeFromPath is not null || scan.HasType =>
                new ReceivedBatch(scan.WriteKey, default, default, [new ReceivedEvent(body)], typeFromPath),
            null or [] => throw new UnreadableBodyException("empty_batch", "batch must be an array of at least one event."),
            var events => new ReceivedBatch(
                scan.WriteKey, Part("sentAt", scan.SentAt), Part("context", scan.Context), events, null,
                Part("integrations", scan.Integrations)),
        };
    }

    /// <summary>
    /// Whether the events were received long ago, as lines of a file were: when they were sent stands for when they arrived.
    /// </summary>
    public bool IsHistory { get; init; }

    /// <summary>Events that no body says anything of.</summary>
    public static ReceivedBatch Alone(params IReadOnlyList<JsonElement> events) =>
        new(null, default, default, [.. events.Select(ReceivedEvent.Of)], null);

    /// <summary>
    /// One event by itself, such as a line of a file. <exception cref="UnreadableBodyException">It is not JSON.</exception>
    /// </summary>
    public static JsonElement Parse(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(Json.Repair(json), AnyDepth);
            return document.RootElement.Clone();
        }
        catch (JsonException e)
        {
            throw NotJson(e);
        }
    }

    /// <summary>A part of an event's context, else of the batch's.</summary>
    internal JsonElement ContextOf(JsonElement e, string name) =>
        Json.Find(Json.Find(e, "context"), name) is { ValueKind: not JsonValueKind.Undefined } own ? own : Json.Find(Context, name);

    /// <summary>The type of an event, in small letters: the address's, else its own.</summary>
    internal string TypeOf(JsonElement e) =>
        (TypeFromPath ?? Json.Text(e, "type", "type", "invalid_type"))?.ToLowerInvariant()
        ?? throw new RefusedException("missing_type", "type is missing.");

    /// <summary>
    /// An event as it would stand alone, with what the batch and the address said of it, and without the write key: what is kept of a
    /// refused event, so that it can be judged again at any later time. Of one of more than 64 KB the beginning, as it was sent.
    /// </summary>
    /// <param name="received">The event; what is no object stays as it is.</param>
    /// <param name="messageId">The id by which it is known from now on.</param>
    public ReadOnlyMemory<byte> Standalone(ReceivedEvent received, string messageId)
    {
        if (received.Json.Length > MostKeptBytes)
        {
            return received.Json[..MostKeptBytes].ToArray();
        }

        var e = received.Parse();
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes, new JsonWriterOptions { MaxDepth = int.MaxValue }))
        {
            if (e.ValueKind == JsonValueKind.Object)
            {
                WriteAlone(json, e, messageId);
            }
            else
            {
                e.WriteTo(json);
            }
        }

        return bytes.WrittenMemory;
    }

    private void WriteAlone(Utf8JsonWriter json, JsonElement e, string messageId)
    {
        json.WriteStartObject();
        json.WriteString("messageId", messageId);
        if (TypeFromPath is not null)
        {
            json.WriteString("type", TypeFromPath);
        }

        var context = Json.Find(e, "context");
        var joined = Context.ValueKind == JsonValueKind.Object && context.ValueKind is JsonValueKind.Object or JsonValueKind.Undefined;
        foreach (var member in e.EnumerateObject())
        {
            var replaced = member.Name is "messageId" or "writeKey" || (member.Name == "type" && TypeFromPath is not null)
                || (member.Name == "context" && joined);
            if (!replaced)
            {
                member.WriteTo(json);
            }
        }

        if (joined)
        {
            json.WriteStartObject("context");
            var others = Members(Context).Where(m => Json.Find(context, m.Name).ValueKind == JsonValueKind.Undefined);
            foreach (var member in others.Concat(Members(context)))
            {
                member.WriteTo(json);
            }

            json.WriteEndObject();
        }

        WriteMissing(json, e, "sentAt", SentAt);
        WriteMissing(json, e, "integrations", Integrations);
        json.WriteEndObject();
    }

    // Every refused event is kept with what the batch says: as large as one event at most, lest 20,000 copies of it be made.
    private static JsonElement Part(string name, ReadOnlyMemory<byte> json)
    {
        if (json.IsEmpty)
        {
            return default;
        }

        var part = new ReceivedEvent(json);
        return part.IsTooLarge
            ? throw new UnreadableBodyException("invalid_body", $"{name} of the batch has {json.Length} bytes; {EventReader.MostBytes} are "
                + "allowed.")
            : part.Parse() is { ValueKind: not JsonValueKind.Null } element ? element : default;
    }

    private static UnreadableBodyException NotJson(JsonException e) =>
        new("invalid_json", $"The body is not JSON; the error is in line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}.");

    private static IEnumerable<JsonProperty> Members(JsonElement parent) =>
        parent.ValueKind == JsonValueKind.Object ? parent.EnumerateObject() : Enumerable.Empty<JsonProperty>();

    private static void WriteMissing(Utf8JsonWriter json, JsonElement e, string name, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Undefined && Json.Find(e, name).ValueKind == JsonValueKind.Undefined)
        {
            json.WritePropertyName(name);
            value.WriteTo(json);
        }
    }
}
