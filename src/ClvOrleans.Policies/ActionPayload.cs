using System.Text.Json;

namespace ClvOrleans.Policies;

/// <summary>
/// What the payload of an action has to hold for its channel: a webhook its <c>url</c>; an e-mail its <c>subject</c> and a <c>text</c>, and
/// at will <c>html</c>. What is in an audience or a slot is the store's own.
/// </summary>
public static class ActionPayload
{
    private static readonly string[] EmailMembers = ["subject", "text"];

    /// <summary>What is wrong with a payload, as sentences that begin with the member.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="payload">The payload.</param>
    /// <param name="allowPrivate">Whether webhooks may call the service's own network.</param>
    public static IEnumerable<string> Mistakes(ActionChannel channel, JsonElement payload, bool allowPrivate = false)
    {
        if (payload.ValueKind != JsonValueKind.Object)
        {
            yield return "payload: an object was expected.";
        }
        else if (channel == ActionChannel.Webhook)
        {
            if (WebhookTarget.Mistake(Text(payload, "url"), allowPrivate) is { } mistake)
            {
                yield return $"payload.url: {mistake}";
            }
        }
        else if (channel == ActionChannel.Email)
        {
            foreach (var member in EmailMembers.Where(m => string.IsNullOrWhiteSpace(Text(payload, m))))
            {
                yield return $"payload.{member}: text was expected.";
            }

            if (Text(payload, "subject")?.AsSpan().ContainsAny('\r', '\n') is true)
            {
                yield return "payload.subject: one line was expected.";
            }
        }
    }

    /// <summary>The text of a member; null where there is none.</summary>
    public static string? Text(JsonElement payload, string member) =>
        payload.ValueKind == JsonValueKind.Object && payload.TryGetProperty(member, out var value)
        && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}
