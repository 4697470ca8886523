using ClvOrleans.Domain.Policies;
using ClvOrleans.Policies;

namespace ClvOrleans.Storage.Policies;

/// <summary>What later decisions need to know of one that was not suppressed.</summary>
/// <param name="Policy">The policy.</param>
/// <param name="Outcome">What was decided.</param>
/// <param name="Reason">Why.</param>
/// <param name="At">When.</param>
/// <param name="DueAt">When the action was due.</param>
/// <param name="IsEntry">Whether the customer entered the policy by it.</param>
/// <param name="IsShadow">Whether the policy only looked on.</param>
/// <param name="IsGivenBack">Whether its delivery surely failed.</param>
public sealed record PastDecision(
    PolicyId Policy, DecisionOutcome Outcome, DecisionReason Reason, DateTimeOffset At, DateTimeOffset? DueAt, bool IsEntry, bool IsShadow,
    bool IsGivenBack)
{
    /// <summary>Of a decision.</summary>
    public static PastDecision Of(DecisionRecord record) => new(
        record.Decision.Policy, record.Decision.Outcome, record.Decision.Reason, record.Decision.Inputs.At, record.Decision.DueAt,
        record.Decision.Inputs.IsEntry, record.Decision.Inputs.Mode == PolicyMode.Shadow, record.GivenBackAt is not null);
}
