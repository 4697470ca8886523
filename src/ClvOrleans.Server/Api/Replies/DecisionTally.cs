using ClvOrleans.Policies;

namespace ClvOrleans.Server.Api.Replies;

/// <summary>How often a policy decided something for a reason.</summary>
/// <param name="Outcome">What was decided.</param>
/// <param name="Reason">Why.</param>
/// <param name="Decisions">How often.</param>
internal sealed record DecisionTally(DecisionOutcome Outcome, DecisionReason Reason, long Decisions);
