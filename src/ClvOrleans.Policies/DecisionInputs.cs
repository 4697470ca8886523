using System.Collections.Immutable;
using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Policies;
using ClvOrleans.Policies.Experiments;

namespace ClvOrleans.Policies;

/// <summary>
/// All that a decision rests on besides the revision of its policy. Kept with the decision: <see cref="DecisionRule"/> of the same
/// policy and inputs is the same decision, bit for bit.
/// </summary>
public sealed record DecisionInputs
{
    /// <summary>The customer to whom it happened.</summary>
    public required CustomerId Customer { get; init; }

    /// <summary>What happened, the step and the look.</summary>
    public required Occasion Occasion { get; init; }

    /// <summary>When it happened.</summary>
    public required DateTimeOffset HappenedAt { get; init; }

    /// <summary>What caused it: the key of an event, <c>time</c>, <c>model</c>, <c>market</c>, <c>definition</c> or <c>merge</c>.</summary>
    public required string HappenedBy { get; init; }

    /// <summary>When it was decided.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The revision of the policy.</summary>
    public required long Revision { get; init; }

    /// <summary>Whether the policy acts.</summary>
    public required PolicyMode Mode { get; init; }

    /// <summary>The store's terms for all policies.</summary>
    public required PolicyTerms Terms { get; init; }

    /// <summary>The store's day at that time: what its budget and its cap of a day are counted by.</summary>
    public required DateOnly Day { get; init; }

    /// <summary>The code of the store's currency.</summary>
    public required string Currency { get; init; }

    /// <summary>Whether the customer enters the policy by it; otherwise an occasion goes on that is under way.</summary>
    public bool IsEntry { get; init; } = true;

    /// <summary>What is known of the customer.</summary>
    public required DecisionFacts Facts { get; init; }

    /// <summary>Whether what caused it still holds; null where that is not known, true where it is a thing that happened.</summary>
    public bool? Condition { get; init; }

    /// <summary>Whether the customer is in the audience; null where that is not known.</summary>
    public bool? Audience { get; init; }

    /// <summary>Whether the customer has reached the goal since the occasion.</summary>
    public bool HasReachedGoal { get; init; }

    /// <summary>Whether the customer has consented.</summary>
    public ConsentStanding Consent { get; init; }

    /// <summary>Since when; null where nothing is known.</summary>
    public DateTimeOffset? ConsentSince { get; init; }

    /// <summary>The customer's IANA time zone.</summary>
    public required string Zone { get; init; }

    /// <summary>How it is known.</summary>
    public ZoneSource ZoneSource { get; init; }

    /// <summary>The effect that is expected: measured where there is a measurement, else assumed.</summary>
    public required PolicyEffect Effect { get; init; }

    /// <summary>What a wait would show; null where the policy does not wait, or has done so to the end.</summary>
    public WaitingFacts? Waiting { get; init; }

    /// <summary>What the policy has decided for the customer before.</summary>
    public PolicyPast Past { get; init; } = PolicyPast.None;

    /// <summary>How often the customer is reached on the channel on days of their calendar; days that are not named have none.</summary>
    public ImmutableArray<ContactDay> Contacts { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>What the policy has spent of its budget, as far as it was known.</summary>
    public Money Spent { get; init; }

    /// <summary>How often the policy has acted on the store's day, as far as it was known.</summary>
    public int Today { get; init; }

    /// <summary>λ: what a unit of money must gain beyond itself, at least 0.</summary>
    public double Price { get; init; }

    /// <summary>The policy with the best score for the customer at the same moment; null where it is this one.</summary>
    public PolicyId? Rival { get; init; }

    /// <summary>The draws.</summary>
    public required DecisionDraws Draws { get; init; }
}
