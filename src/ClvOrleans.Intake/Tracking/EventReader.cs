using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ClvOrleans.Domain.Events;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Intake.Rules;

namespace ClvOrleans.Intake.Tracking;

/// <summary>Judges and normalises one event as tracking clients send it.</summary>
public static class EventReader
{
    /// <summary>Largest event, in bytes of its JSON.</summary>
    public const int MostBytes = 32 * 1024;

    private const int MostDepth = 64;
    private const int MessageIdLength = 100;
    private const int NameLength = 255;

    /// <summary>Reads an event. <exception cref="RefusedException">It cannot count; code and message say why.</exception></summary>
    /// <param name="e">The event's JSON.</param>
    /// <param name="batch">The body that it came in.</param>
    /// <param name="store">The store.</param>
    /// <param name="source">Name of the source that sent it.</param>
    /// <param name="receivedAt">When it came.</param>
    /// <param name="newMessageId">Makes an id for a message that has none and does not say when it happened.</param>
    public static ReadEvent Read(
        JsonElement e, ReceivedBatch batch, StoreSettings store, string source, DateTimeOffset receivedAt, Func<string> newMessageId)
    {
        CheckShape(e);
        var notes = new List<EventNote>();
        var type = batch.TypeOf(e);
        var who = Identities.Read(e, type, store.Id, notes);
        var (kind, name) = Kind(e, type);
        var properties = Json.Find(e, "properties");
        var orders = new OrderReader(properties, new AmountReader(properties, store, notes));
        kind = kind == EventKind.Activity ? Meant(name!, orders, notes) : kind;
        var message = MessageReader.Read(kind, name, e, batch, properties);
        return new ReadEvent(
            who.Subject,
            new CustomerEvent
            {
                MessageId = KnownAs(e, MessageId(e), newMessageId),
                Source = source,
                Kind = kind,
                Name = name,
                At = EventTime.Of(e, batch, receivedAt, store.TimeZone, notes),
                Order = orders.Order(kind),
                Refund = orders.Refund(kind),
                Products = orders.Products(),
                Rating = kind == EventKind.ProductReviewed ? Behaviour.Rating(properties) : null,
                Duration = kind is EventKind.PageViewed or EventKind.ScreenViewed ? Behaviour.Duration(properties) : null,
                Subject = Behaviour.Subject(kind, properties),
                Traits = Profile.Traits(
                    kind == EventKind.Identified ? Json.Find(e, "traits") : batch.ContextOf(e, "traits"),
                    Json.Describe(Json.Find(e, "context"), "timezone") ?? Json.Describe(batch.Context, "timezone"), notes),
                Campaign = Profile.Campaign(batch.ContextOf(e, "campaign")),
                Consents = ConsentReader.Read(kind, e, batch, properties, message, store.ConsentCategories, notes),
                Message = message,
            },
            who.Visitor,
            who.Previous,
            notes);
    }

    /// <summary>
    /// Reads an event of a body. <exception cref="RefusedException">It cannot count; code and message say why.</exception>
    /// </summary>
    /// <inheritdoc cref="Read(JsonElement, ReceivedBatch, StoreSettings, string, DateTimeOffset, Func{string})" />
    public static ReadEvent Read(
        ReceivedEvent e, ReceivedBatch batch, StoreSettings store, string source, DateTimeOffset receivedAt, Func<string> newMessageId) =>
        e.IsTooLarge ? throw TooLarge(e.Json.Length) : Read(e.Parse(), batch, store, source, receivedAt, newMessageId);

    /// <inheritdoc cref="FindMessageId(JsonElement)" />
    public static string? FindMessageId(ReceivedEvent e) => e.IsTooLarge ? IdOfLarge(e) : FindMessageId(e.Parse());

    /// <inheritdoc cref="KnownAs(JsonElement, Func{string})" />
    public static string KnownAs(ReceivedEvent e, Func<string> newMessageId) =>
        e.IsTooLarge ? IdOfLarge(e) ?? "sha256-" + Hex(SHA256.HashData(e.Json.Span)) : KnownAs(e.Parse(), newMessageId);

    /// <summary>The message id as far as one can be read; for naming what was refused.</summary>
    public static string? FindMessageId(JsonElement e)
    {
        try
        {
            return MessageId(e);
        }
        catch (RefusedException)
        {
            return null;
        }
    }

    /// <summary>
    /// The id by which an event is known: its message id, else a digest of its content where it says when it happened (sent again, it is
    /// the same), else a new one.
    /// </summary>
    public static string KnownAs(JsonElement e, Func<string> newMessageId) => KnownAs(e, FindMessageId(e), newMessageId);

    private static string KnownAs(JsonElement e, string? messageId, Func<string> newMessageId) =>
        messageId ?? (e.ValueKind == JsonValueKind.Object && EventTime.IsStated(e) ? Digest(e) : newMessageId());

    private static void CheckShape(JsonElement e)
    {
        if (e.ValueKind != JsonValueKind.Object)
        {
            throw new RefusedException("invalid_event", "The event must be a JSON object.");
        }

        var raw = JsonMarshal.GetRawUtf8Value(e);
        if (raw.Length > MostBytes)
        {
            throw TooLarge(raw.Length);
        }

        var reader = new Utf8JsonReader(raw, new JsonReaderOptions { MaxDepth = MostBytes });
        while (reader.Read())
        {
            if (reader.CurrentDepth > MostDepth)
            {
                throw new RefusedException("event_too_deep", $"The event is nested deeper than {MostDepth} levels.");
            }
        }
    }

    private static RefusedException TooLarge(int bytes) => new("event_too_large", $"The event has {bytes} bytes; {MostBytes} are allowed.");

    private static string? IdOfLarge(ReceivedEvent e) =>
        e.FindText("messageId"u8)?.Trim() is { Length: > 0 and <= MessageIdLength } id && !id.Contains('\0', StringComparison.Ordinal)
            ? id
            : null;

    private static (EventKind Kind, string? Name) Kind(JsonElement e, string type)
    {
        switch (type)
        {
            case "track":
                if (Json.Find(e, "event") is not { ValueKind: JsonValueKind.String } sent
                    || sent.GetString()!.Replace("\0", "", StringComparison.Ordinal).Trim() is not { Length: > 0 and <= NameLength } name)
                {
                    throw new RefusedException("invalid_event_name", $"event must be a name of 1 to {NameLength} characters.");
                }

                return (EventNames.KindOf(name), name);
            case "identify":
                return (EventKind.Identified, null);
            case "alias":
                return (EventKind.Aliased, null);
            case "group":
                return (EventKind.Grouped, Json.Describe(e, "groupId"));
            case "page":
                return (EventKind.PageViewed, Json.Describe(e, "name"));
            case "screen":
                return (EventKind.ScreenViewed, Json.Describe(e, "name"));
            default:
                throw new RefusedException("invalid_type", "type must be track, identify, page, screen, group or alias.");
        }
    }

    // An order under another name would count as a visit: it is taken for one where the name is known to be used so and the order is whole.
    private static EventKind Meant(string name, OrderReader orders, List<EventNote> notes)
    {
        var kind = EventNames.MeantBy(name);
        if (EventNames.OfOrder(kind) is { } order)
        {
            var isWhole = orders.Names(kind);
            notes.Add(isWhole
                ? new EventNote("event_name_taken", $"event '{name}' was taken for '{order}'.")
                : new EventNote(
                    "unknown_event_name",
                    $"event '{name}' counts as activity only; for '{order}', properties.order_id "
                        + (kind == EventKind.OrderCompleted ? "and a value such as properties.revenue are needed." : "is needed.")));
            return isWhole ? kind : EventKind.Activity;
        }

        if (kind == EventKind.Activity && orders.LooksLikeOne)
        {
            notes.Add(new EventNote("unknown_event_name", $"event '{name}' counts as activity only, and earns nothing; an order is named "
                + "'Order Completed'."));
        }

        return kind;
    }

    // Ids beyond the specification's 100 characters are replaced by their digest, so that a repetition is still known.
    private static string? MessageId(JsonElement e)
    {
        var id = Json.Text(e, "messageId", "messageId", "invalid_message_id");
        return id is null ? null
            : IdRules.Flaw(id, "invalid_message_id", "messageId", int.MaxValue) is { } flaw ? throw flaw.ToException()
            : id.Length > MessageIdLength ? Hex(SHA256.HashData(Encoding.UTF8.GetBytes(id)))
            : id;
    }

    // An event that says when it happened is known again by its content; when it was sent, and by which key, is not part of that.
    private static string Digest(JsonElement e)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var member in e.EnumerateObject())
        {
            if (member.Name is not ("sentAt" or "writeKey"))
            {
                hash.AppendData(Encoding.UTF8.GetBytes($"{member.Name}:"));
                hash.AppendData(JsonMarshal.GetRawUtf8Value(member.Value));
            }
        }

        return "sha256-" + Hex(hash.GetHashAndReset());
    }

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);
}
