using ClvOrleans.Domain.Currencies;
using ClvOrleans.Valuation.Segments;

namespace ClvOrleans.Valuation.Watches;

/// <summary>The customer at the moment of a transition, as the row of the same transaction holds them.</summary>
/// <param name="Day">The local day of the estimate.</param>
/// <param name="Sequence">Number of the customer's last event.</param>
/// <param name="PredictedBefore">Predicted value before, null where there was none. For a move: what it is measured from.</param>
/// <param name="Predicted">Predicted value now.</param>
/// <param name="ProbabilityAlive">P(alive) in millionths; null before the first purchase.</param>
/// <param name="Lifecycle">Their lifecycle; null where the customer is no more.</param>
/// <param name="Model">The model version of the estimate; empty where it is not known.</param>
/// <param name="Generation">Counts the champions of the store.</param>
public sealed record TransitionFacts(
    DateOnly Day, long Sequence, Money? PredictedBefore, Money Predicted, long? ProbabilityAlive, Lifecycle? Lifecycle, string Model,
    int Generation)
{
    /// <summary>The lower end of the central 80 % of the predicted value; null where only the value was asked for.</summary>
    public Money? Lower { get; init; }

    /// <summary>The upper end; null likewise.</summary>
    public Money? Upper { get; init; }
}
