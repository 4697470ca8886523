using ClvOrleans.Policies;
using ClvOrleans.Policies.Deliveries;

namespace ClvOrleans.Storage.Policies;

/// <summary>A decision as it is kept.</summary>
/// <param name="Decision">The decision.</param>
/// <param name="Charge">What it takes of the limits; null where it does not act.</param>
public sealed record DecisionRecord(Decision Decision, DecisionCharge? Charge = null)
{
    /// <summary>The delivery that carries it out, kept in the same transaction; null where it does not act. It is never read.</summary>
    public Delivery? Delivery { get; init; }

    /// <summary>Its number, which grows in the order in which decisions are kept; 0 before that.</summary>
    public long Number { get; init; }

    /// <summary>When its delivery surely failed and what it took was given back; null where it was not.</summary>
    public DateTimeOffset? GivenBackAt { get; init; }
}
