using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Policies;

namespace ClvOrleans.Policies;

/// <summary>What a policy decided for a customer, and why. A pure function of the policy's revision and the inputs.</summary>
public sealed record Decision
{
    /// <summary>Its id, which follows from customer, policy and occasion.</summary>
    public required DecisionId Id { get; init; }

    /// <summary>The customer; after a merge whom the one of the inputs has become.</summary>
    public required CustomerId Customer { get; init; }

    /// <summary>The policy.</summary>
    public required PolicyId Policy { get; init; }

    /// <summary>What was decided.</summary>
    public required DecisionOutcome Outcome { get; init; }

    /// <summary>Why.</summary>
    public required DecisionReason Reason { get; init; }

    /// <summary>What the action costs.</summary>
    public Money Cost { get; init; }

    /// <summary>The expected incremental margin of the action, its cost not taken off.</summary>
    public Money ExpectedMargin { get; init; }

    /// <summary>Margin - cost - λ cost, in minor units: what decides.</summary>
    public double Score { get; init; }

    /// <summary>
    /// With what probability the customer would have got the action, over all that was drawn: 0 and 1 where nothing was.
    /// </summary>
    public double Propensity { get; init; }

    /// <summary>
    /// When the action is due, or would be: at once, or at the end of the quiet hours. Of a decision that waits, when it is looked at
    /// again; null of those that are suppressed.
    /// </summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>What it rests on.</summary>
    public required DecisionInputs Inputs { get; init; }
}
