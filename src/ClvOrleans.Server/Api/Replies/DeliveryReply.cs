using System.Text.Json;
using ClvOrleans.Policies;
using ClvOrleans.Policies.Deliveries;

namespace ClvOrleans.Server.Api.Replies;

/// <summary>A delivery, and how far it has come.</summary>
internal sealed record DeliveryReply
{
    /// <summary>Its id: the idempotency key of all attempts.</summary>
    public required string Id { get; init; }

    /// <summary>The decision that it carries out; null for what a subscription is told.</summary>
    public string? Decision { get; init; }

    /// <summary>The subscription that is told; null for the action of a decision.</summary>
    public string? Subscription { get; init; }

    /// <summary>The customer's id when it was decided.</summary>
    public required string Customer { get; init; }

    /// <summary>webhook, email, audience or slot.</summary>
    public required string Channel { get; init; }

    /// <summary>What it is about.</summary>
    public required string Topic { get; init; }

    /// <summary>Waiting, Handed (on its way), Sent, Dead or Cancelled.</summary>
    public required DeliveryState State { get; init; }

    /// <summary>
    /// Why it was cancelled (consent, goal, condition, expired, no_address, suppressed, unknown_customer), or why the last attempt failed.
    /// </summary>
    public string? Reason { get; init; }

    /// <summary>How often it was handed over.</summary>
    public int Attempts { get; init; }

    /// <summary>When it was decided.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it may be sent at the earliest.</summary>
    public DateTimeOffset DueAt { get; init; }

    /// <summary>When it is looked at next; null where it has ended.</summary>
    public DateTimeOffset? NextAt { get; init; }

    /// <summary>When it was accepted, cancelled or given up.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>From when on it must not be sent, and a slot or audience no longer holds it.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>What is sent.</summary>
    public JsonElement Payload { get; init; }

    public static DeliveryReply Of(Delivery delivery) => new()
    {
        Id = delivery.Id.Value,
        Decision = delivery.Decision?.Value,
        Subscription = delivery.Subscription,
        Customer = delivery.Customer.Id,
        Channel = delivery.Channel.Name(),
        Topic = delivery.Topic,
        State = delivery.State,
        Reason = delivery.Reason,
        Attempts = delivery.Attempts,
        CreatedAt = delivery.CreatedAt,
        DueAt = delivery.DueAt,
        NextAt = delivery.IsOpen ? delivery.NextAt : null,
        EndedAt = delivery.EndedAt,
        ExpiresAt = delivery.ExpiresAt,
        Payload = delivery.Payload,
    };
}
