using System.Text.Json;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Events;
using ClvOrleans.Intake.Rules;

namespace ClvOrleans.Intake.Tracking;

/// <summary>What the events of e-mails, push notifications and other messages say of the message.</summary>
internal static class MessageReader
{
    private const string Push = "Push";

    /// <summary>
    /// The message; null of events about none. What cannot be read is left out: a bounce that does not say so is not for good.
    /// </summary>
    public static MessageFacts? Read(EventKind kind, string? name, JsonElement e, ReceivedBatch batch, JsonElement properties)
    {
        if (kind is < EventKind.MessageSent or > EventKind.Unsubscribed)
        {
            return null;
        }

        var channel = Json.Describe(properties, "channel")?.ToLowerInvariant();
        return new MessageFacts(
            Consents.IsPurpose(channel) ? channel!
                : name!.StartsWith(Push, StringComparison.OrdinalIgnoreCase) ? "push"
                : Consents.Email,
            Json.Describe(properties, "delivery_id"),
            Address(e, batch, properties),
            kind == EventKind.MessageBounced ? Bounce(properties) : null,
            IsMachine(properties));
    }

    private static string? Address(JsonElement e, ReceivedBatch batch, JsonElement properties) =>
        (Json.Describe(properties, "address") ?? Json.Describe(properties, "email") ?? Json.Describe(batch.ContextOf(e, "traits"), "email"))
            ?.ToLowerInvariant();

    // Postmark and Amazon say HardBounce and Permanent, others hard.
    private static BounceKind Bounce(JsonElement properties)
    {
        var type = Json.Describe(properties, "bounce_type") ?? Json.Describe(properties, "type") ?? "";
        return type.Contains("hard", StringComparison.OrdinalIgnoreCase) || type.Contains("permanent", StringComparison.OrdinalIgnoreCase)
            ? BounceKind.Hard
            : BounceKind.Soft;
    }

    private static bool IsMachine(JsonElement properties) =>
        IsTrue(properties, "machine") || IsTrue(properties, "machine_open") || IsTrue(properties, "is_bot");

    private static bool IsTrue(JsonElement properties, string name) => Json.Find(properties, name).ValueKind == JsonValueKind.True;
}
