using System.Text.Json;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Policies;

namespace ClvOrleans.Policies.Deliveries;

/// <summary>One thing that is sent about one customer, and how far it has come.</summary>
public sealed record Delivery
{
    /// <summary>Its id and idempotency key.</summary>
    public required DeliveryId Id { get; init; }

    /// <summary>The decision that it carries out; null for what a subscription is told.</summary>
    public DecisionId? Decision { get; init; }

    /// <summary>The policy whose action it is: its mode is asked again at the hand-over. Null for what a subscription is told.</summary>
    public PolicyId? Policy { get; init; }

    /// <summary>The subscription that is told; null for the action of a decision.</summary>
    public string? Subscription { get; init; }

    /// <summary>The customer as of the decision; whom they have become since is found at the hand-over.</summary>
    public required CustomerId Customer { get; init; }

    /// <summary>How it is sent.</summary>
    public required ActionChannel Channel { get; init; }

    /// <summary>What it is about: the topic of consent; the name of an audience or a slot.</summary>
    public required string Topic { get; init; }

    /// <summary>Whether it needs no consent: what an order or an account needs, or what the store's own systems are told.</summary>
    public bool IsTransactional { get; init; }

    /// <summary>What is sent.</summary>
    public required JsonElement Payload { get; init; }

    /// <summary>When it was decided.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it may be sent at the earliest.</summary>
    public required DateTimeOffset DueAt { get; init; }

    /// <summary>From when on it must not be sent, and a slot or an audience no longer holds it; null for never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>The rule that still has to hold at the hand-over; null for none.</summary>
    public string? Condition { get; init; }

    /// <summary>The rule that cancels it where it holds at the hand-over; null for none.</summary>
    public string? Goal { get; init; }

    /// <summary>Number of the customer's event after which an order cancels it; null where none does.</summary>
    public long? GoalAfter { get; init; }

    /// <summary>Hours of the customer's day in which it is not handed over; null for none.</summary>
    public QuietHours? Quiet { get; init; }

    /// <summary>How far it has come.</summary>
    public DeliveryState State { get; init; }

    /// <summary>How often it was handed over.</summary>
    public int Attempts { get; init; }

    /// <summary>When it is looked at next, while it waits.</summary>
    public required DateTimeOffset NextAt { get; init; }

    /// <summary>When it was last handed over; null before.</summary>
    public DateTimeOffset? HandedAt { get; init; }

    /// <summary>When it was accepted, cancelled or given up; null before.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Whether an attempt ended without it being known whether it arrived: then it has not surely failed.</summary>
    public bool MayHaveArrived { get; init; }

    /// <summary>
    /// Why it was cancelled, or why the last attempt failed; of one that was sent whether the customer had already bought.
    /// </summary>
    public string? Reason { get; init; }

    /// <summary>Whether it has ended and surely did not arrive: what its decision took of limits is given back.</summary>
    public bool HasSurelyFailed => State is (DeliveryState.Dead or DeliveryState.Cancelled) && !MayHaveArrived;

    /// <summary>Whether more is to be done.</summary>
    public bool IsOpen => State is DeliveryState.Waiting or DeliveryState.Handed;
}
