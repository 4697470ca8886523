using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ClvOrleans.Model.Customers;
using ClvOrleans.Model.Events;
using ClvOrleans.Model.Stores;

namespace ClvOrleans.Model.Intake;

/// <summary>Judges and normalises one event as tracking clients send it.</summary>
public static class EventReader
{
    /// <summary>Largest event, in bytes of its JSON.</summary>
    public const int MostBytes = 32 * 1024;

    private const int MostDepth = 64;

    private static readonly ImmutableArray<string> CampaignParts = ["source", "medium", "name"];

    private static readonly ImmutableArray<string> KeptTraits =
        ["email", "name", "firstName", "lastName", "phone", "company", "plan", "gender", "birthday", "createdAt", "country", "city", "language"];

    /// <summary>Reads an event. <exception cref="RefusedException">It cannot count; code and message say why.</exception></summary>
    /// <param name="e">The event's JSON.</param>
    /// <param name="batch">The body that it came in.</param>
    /// <param name="store">The store.</param>
    /// <param name="source">Name of the source that sent it.</param>
    /// <param name="receivedAt">When it came.</param>
    /// <param name="newMessageId">Makes an id for a message without one.</param>
    public static ReadEvent Read(
        JsonElement e, ReceivedBatch batch, StoreSettings store, string source, DateTimeOffset receivedAt, Func<string> newMessageId)
    {
        CheckShape(e);
        var type = (batch.TypeFromPath ?? Json.Text(e, "type", "type", "invalid_type"))?.ToLowerInvariant()
            ?? throw new RefusedException("missing_type", "type is missing.");
        var (subject, visitor, previous) = Identities(e, type, store.Id);
        var properties = Json.Find(e, "properties");
        var (kind, name) = Kind(e, type);
        var orders = new OrderReader(properties, store);
        var products = orders.Products();
        var context = Json.Find(e, "context") is { ValueKind: JsonValueKind.Object } own ? own : batch.Context;
        return new ReadEvent(
            subject,
            new CustomerEvent
            {
                MessageId = MessageId(e, newMessageId),
                Source = source,
                Kind = kind,
                Name = name,
                At = EventTime.Of(e, batch.SentAt, receivedAt),
                Order = kind is EventKind.OrderCompleted or EventKind.OrderUpdated or EventKind.OrderCancelled
                    ? orders.Order(products, kind == EventKind.OrderCompleted)
                    : null,
                Refund = kind == EventKind.OrderRefunded ? orders.Refund(products) : null,
                Products = products,
                Rating = kind == EventKind.ProductReviewed ? Rating(properties) : null,
                Duration = kind is EventKind.PageViewed or EventKind.ScreenViewed ? Duration(properties) : null,
                Subject = Subject(kind, properties),
                Traits = Traits(kind == EventKind.Identified ? Json.Find(e, "traits") : Json.Find(context, "traits")),
                Campaign = Campaign(Json.Find(context, "campaign")),
            },
            visitor,
            previous);
    }

    /// <summary>The message id as far as it can be read from anything; for naming what was refused.</summary>
    public static string? FindMessageId(JsonElement e) => Json.Describe(e, "messageId");

    private static void CheckShape(JsonElement e)
    {
        if (e.ValueKind != JsonValueKind.Object)
        {
            throw new RefusedException("invalid_event", "The event must be a JSON object.");
        }

        var raw = Encoding.UTF8.GetBytes(e.GetRawText());
        if (raw.Length > MostBytes)
        {
            throw new RefusedException("event_too_large", $"The event has {raw.Length} bytes; {MostBytes} are allowed.");
        }

        try
        {
            var reader = new Utf8JsonReader(raw, new JsonReaderOptions { MaxDepth = MostDepth });
            while (reader.Read())
            {
                // Only the depth matters.
            }
        }
        catch (JsonException)
        {
            throw new RefusedException("event_too_deep", $"The event is nested deeper than {MostDepth} levels.");
        }
    }

    private static (CustomerId Subject, CustomerId? Visitor, string? Previous) Identities(JsonElement e, string type, StoreId store)
    {
        var (user, anonymous) = (Id(e, "userId"), Id(e, "anonymousId"));
        var previous = type == "alias" ? Id(e, "previousId") ?? throw new RefusedException("missing_previous_id", "previousId is missing.") : null;
        if (user is not null && Placeholders.Contains(user))
        {
            user = anonymous is null
                ? throw new RefusedException("placeholder_user_id", $"userId '{user}' stands for nobody: it would join strangers.")
                : null;
        }

        if (previous is not null && Placeholders.Contains(previous))
        {
            throw new RefusedException("placeholder_user_id", $"previousId '{previous}' stands for nobody: it would join strangers.");
        }

        if (user is null && type == "alias")
        {
            throw new RefusedException("missing_user_id", "userId is missing.");
        }

        if (user is null && (anonymous is null || Placeholders.Contains(anonymous)))
        {
            throw new RefusedException("missing_user_id", "userId or anonymousId is needed.");
        }

        return user is null
            ? (CustomerId.OfVisitor(store, anonymous!), null, null)
            : (CustomerId.OfUser(store, user), anonymous is null || Placeholders.Contains(anonymous) ? null : CustomerId.OfVisitor(store, anonymous), previous == user ? null : previous);
    }

    private static string? Id(JsonElement e, string name)
    {
        var id = Json.Text(e, name, name, "invalid_id");
        return id is null || (id.Length <= CustomerId.MaxLength && !id.Contains('\0', StringComparison.Ordinal) && !Json.HasLoneSurrogate(id))
            ? id
            : throw new RefusedException("invalid_id", $"{name} is longer than {CustomerId.MaxLength} characters, or holds U+0000 or half of a surrogate pair.");
    }

    private static (EventKind Kind, string? Name) Kind(JsonElement e, string type)
    {
        switch (type)
        {
            case "track":
                if (Json.Find(e, "event") is { ValueKind: JsonValueKind.Number })
                {
                    throw new RefusedException("invalid_event_name", "event must be a string.");
                }

                var name = Json.Text(e, "event", "event", "invalid_event_name");
                return name is { Length: <= 255 }
                    ? (EventNames.KindOf(name), name.Replace("\0", "", StringComparison.Ordinal))
                    : throw new RefusedException("invalid_event_name", "event must be a name of 1 to 255 characters.");
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

    // Ids beyond the specification's 100 characters are replaced by their digest, so that a repetition is still known.
    private static string MessageId(JsonElement e, Func<string> newMessageId) =>
        Json.Text(e, "messageId", "messageId", "invalid_message_id") switch
        {
            null => newMessageId(),
            { Length: <= 100 } id when !Json.HasLoneSurrogate(id) => id,
            var id => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(id))),
        };

    private static int? Rating(JsonElement properties)
    {
        try
        {
            return Json.Number(properties, "rating", "rating", "") is >= 0 and <= 100 and var rating ? (int)(rating * 100) : null;
        }
        catch (RefusedException)
        {
            return null;
        }
    }

    // duration and time_on_page are in seconds, engagement_time_msec in milliseconds; a day is the most that counts.
    private static long? Duration(JsonElement properties)
    {
        foreach (var (name, unit) in new[] { ("duration", 1000m), ("time_on_page", 1000m), ("engagement_time_msec", 1m) })
        {
            try
            {
                if (Json.Number(properties, name, name, "") is >= 0 and <= 86_400_000 and var value)
                {
                    return (long)Math.Min(value * unit, 86_400_000);
                }
            }
            catch (RefusedException)
            {
                // What is no number is no duration.
            }
        }

        return null;
    }

    private static string? Subject(EventKind kind, JsonElement properties) => kind switch
    {
        EventKind.ProductsSearched => Json.Describe(properties, "query"),
        EventKind.ProductShared or EventKind.CartShared => Json.Describe(properties, "share_via"),
        EventKind.PromotionViewed or EventKind.PromotionClicked => Json.Describe(properties, "promotion_id"),
        EventKind.CouponEntered or EventKind.CouponApplied or EventKind.CouponDenied or EventKind.CouponRemoved =>
            Json.Describe(properties, "coupon_id") ?? Json.Describe(properties, "coupon_name"),
        EventKind.PageViewed => Json.Describe(properties, "path"),
        _ => null,
    };

    private static ImmutableSortedDictionary<string, string>? Traits(JsonElement traits)
    {
        var kept = KeptTraits
            .Select(name => (Name: name, Value: Json.Describe(traits, name) ?? Json.Describe(Json.Find(traits, "address"), name)))
            .Where(t => t.Value is not null)
            .ToImmutableSortedDictionary(t => t.Name, t => t.Value!, StringComparer.Ordinal);
        return kept.IsEmpty ? null : kept;
    }

    private static string? Campaign(JsonElement campaign)
    {
        var parts = CampaignParts.Select(p => Json.Describe(campaign, p)).OfType<string>().ToArray();
        return parts.Length == 0 ? null : string.Join(" / ", parts);
    }
}
