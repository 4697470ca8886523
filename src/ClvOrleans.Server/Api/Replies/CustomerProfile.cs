using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Market;

namespace ClvOrleans.Server.Api.Replies;

/// <summary>What is known of a customer or visitor.</summary>
internal sealed record CustomerProfile
{
    /// <summary>The customer's id. Asked by an id that has become part of another customer, it is that customer's.</summary>
    public required string Customer { get; init; }

    /// <summary>Customer: known by the store's user id. Visitor: anonymous.</summary>
    public required CustomerKind Kind { get; init; }

    /// <summary>Number of the customer's events.</summary>
    public required long Revision { get; init; }

    /// <summary>The currency of all money here, ISO 4217.</summary>
    public required string Currency { get; init; }

    /// <summary>Local day of the first event.</summary>
    public required DateOnly FirstSeen { get; init; }

    /// <summary>Local day of the latest event.</summary>
    public required DateOnly LastSeen { get; init; }

    /// <summary>Traits as last said.</summary>
    public required IReadOnlyDictionary<string, string> Traits { get; init; }

    /// <summary>The campaign that brought the customer.</summary>
    public string? Campaign { get; init; }

    /// <summary>Identities that have become this customer: c:ID for user ids, v:ID for anonymous ids.</summary>
    public required IReadOnlyList<string> Identities { get; init; }

    /// <summary>Features by group.</summary>
    public required FeatureGroups Features { get; init; }

    /// <summary>The store's market today.</summary>
    public required MarketFeatures Market { get; init; }

    /// <summary>The latest events recorded, newest first.</summary>
    public required IReadOnlyList<LastEvent> LastEvents { get; init; }

    /// <summary>Where to read on.</summary>
    public required CustomerLinks Links { get; init; }
}
