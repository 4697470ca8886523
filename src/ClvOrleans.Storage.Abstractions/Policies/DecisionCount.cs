using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Policies;
using ClvOrleans.Policies;

namespace ClvOrleans.Storage.Policies;

/// <summary>How often a policy decided something for a reason.</summary>
/// <param name="Policy">The policy.</param>
/// <param name="Outcome">What was decided.</param>
/// <param name="Reason">Why.</param>
/// <param name="Decisions">How often.</param>
/// <param name="Cost">What the actions cost; what was given back is not in it.</param>
public sealed record DecisionCount(PolicyId Policy, DecisionOutcome Outcome, DecisionReason Reason, long Decisions, Money Cost);
