using ClvOrleans.Statistics.Experiments;

namespace ClvOrleans.Policies.Evaluation;

/// <summary>What a policy would have brought on the decisions of another one. Amounts in whole units of the currency.</summary>
/// <param name="Decisions">How many decisions of the log were used.</param>
/// <param name="Days">Days after each decision whose margin counts.</param>
/// <param name="Proposed">The new policy: margin less cost for each decision.</param>
/// <param name="Current">The policy that took the decisions, without its holdout.</param>
/// <param name="Difference">What the new one brings more; null where that cannot be told.</param>
/// <param name="Refusal">Why the log cannot tell; null where it can.</param>
public sealed record PolicyEvaluation(
    int Decisions, int Days, OffPolicyEstimate? Proposed, OffPolicyEstimate? Current, Effect? Difference, string? Refusal);
