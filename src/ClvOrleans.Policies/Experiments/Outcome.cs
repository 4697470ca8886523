using ClvOrleans.Domain.Currencies;

namespace ClvOrleans.Policies.Experiments;

/// <summary>
/// What came of an exposure: the customer's own events from the exposure to the end of its window, as they are known now. An event that
/// arrives late, but happened within the window, counts.
/// </summary>
public sealed record Outcome
{
    /// <summary>The subject of the exposure.</summary>
    public required string Subject { get; init; }

    /// <summary>The unit of the exposure.</summary>
    public required string Unit { get; init; }

    /// <summary>The customer's sequence in the journal when it was measured; 0 of someone without events.</summary>
    public required long Sequence { get; init; }

    /// <summary>Purchases.</summary>
    public int Orders { get; init; }

    /// <summary>Their value, less what was refunded within the window.</summary>
    public Money Spend { get; init; }

    /// <summary>Their margin.</summary>
    public Money Margin { get; init; }

    /// <summary>Whether the customer did anything.</summary>
    public bool Visited { get; init; }

    /// <summary>Messages sent.</summary>
    public int Sent { get; init; }

    /// <summary>Links followed in messages.</summary>
    public int Clicked { get; init; }

    /// <summary>Unsubscriptions and complaints.</summary>
    public int Unsubscribed { get; init; }

    /// <summary>Predicted margin as of the end of the window, for the rest of the store's horizon after the window.</summary>
    public Money PredictedMargin { get; init; }

    /// <summary>The model version of the prediction; null without one.</summary>
    public string? Model { get; init; }
}
