using System.Collections.Immutable;
using System.Text.Json;
using ClvOrleans.Policies;
using ClvOrleans.Policies.Deliveries;

namespace ClvOrleans.Server.Api;

/// <summary>What a subscription is to be.</summary>
/// <param name="Url">Where it is told.</param>
/// <param name="Topics">segment/NAME, segment/*, policy/NAME, policy/*, decisions or decisions/POLICY; 1 to 100.</param>
/// <param name="Audience">Whether it is told of adds and removes of an audience only. Default false.</param>
internal sealed record SubscriptionBody(Uri Url, ImmutableArray<string> Topics, bool Audience)
{
    private const int MostTopics = 100;
    private static readonly string[] Fields = ["url", "topics", "audience"];

    /// <summary>Reads a body. <exception cref="FormatException">It is wrong; the message names the field.</exception></summary>
    /// <exception cref="JsonException">It is not JSON.</exception>
    public static SubscriptionBody Read(ReadOnlyMemory<byte> body, bool allowPrivate)
    {
        using var document = JsonBody.Parse(body);
        var root = document.RootElement;
        if (root.ValueKind != JsonValueKind.Object)
        {
            throw new FormatException("An object with url and topics was expected.");
        }

        if (root.EnumerateObject().FirstOrDefault(p => !Fields.Contains(p.Name))
            is { Value.ValueKind: not JsonValueKind.Undefined } unknown)
        {
            throw new FormatException($"{unknown.Name} is unknown; there are {string.Join(", ", Fields)}.");
        }

        var url = root.TryGetProperty("url", out var u) && u.ValueKind == JsonValueKind.String
            ? u.GetString()!
            : throw new FormatException("url is missing.");
        if (WebhookTarget.Mistake(url, allowPrivate) is { } mistake)
        {
            throw new FormatException($"url: {mistake}");
        }

        var topics = root.TryGetProperty("topics", out var t) && t.ValueKind == JsonValueKind.Array
            && t.GetArrayLength() is > 0 and <= MostTopics
            ? t.EnumerateArray().Select((topic, i) => topic.ValueKind == JsonValueKind.String && Subscription.IsTopic(topic.GetString()!)
                ? topic.GetString()!
                : throw new FormatException(
                    $"topics[{i}] {topic.GetRawText()} is not segment/NAME, segment/*, policy/NAME, policy/*, decisions or "
                    + "decisions/POLICY."))
                .Distinct(StringComparer.Ordinal).ToImmutableArray()
            : throw new FormatException($"topics is not an array of 1 to {MostTopics} topics, such as [\"segment/vip\"].");
        var isAudience = root.TryGetProperty("audience", out var a) && (a.ValueKind is JsonValueKind.True or JsonValueKind.False
            ? a.GetBoolean()
            : throw new FormatException("audience is not true or false."));
        return isAudience && topics.Any(topic => !topic.StartsWith("segment/", StringComparison.Ordinal))
            ? throw new FormatException("topics: an audience follows segments only.")
            : new SubscriptionBody(new Uri(url), topics, isAudience);
    }
}
