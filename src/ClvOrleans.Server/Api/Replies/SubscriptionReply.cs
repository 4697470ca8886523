using System.Text.Json.Serialization;
using ClvOrleans.Policies.Deliveries;

namespace ClvOrleans.Server.Api.Replies;

/// <summary>An address that is told of transitions and decisions.</summary>
internal sealed record SubscriptionReply
{
    /// <summary>Its name.</summary>
    public required string Id { get; init; }

    /// <summary>The address.</summary>
    public required Uri Url { get; init; }

    /// <summary>What it is told.</summary>
    public required IReadOnlyList<string> Topics { get; init; }

    /// <summary>Whether it is told of adds and removes of an audience only.</summary>
    public bool Audience { get; init; }

    /// <summary>Since when.</summary>
    public DateTimeOffset Since { get; init; }

    /// <summary>How many secrets sign: two during a rotation.</summary>
    public int Secrets { get; init; }

    /// <summary>The new secret, shown this once: keep it, and verify webhook-signature by it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Secret { get; init; }

    public static SubscriptionReply Of(Subscription subscription, string? secret = null) => new()
    {
        Id = subscription.Id,
        Url = subscription.Url,
        Topics = subscription.Topics,
        Audience = subscription.IsAudience,
        Since = subscription.Since,
        Secrets = subscription.Secrets.Length,
        Secret = secret,
    };
}
