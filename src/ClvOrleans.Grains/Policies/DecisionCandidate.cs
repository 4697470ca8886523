using ClvOrleans.Policies;
using ClvOrleans.Valuation.Watches;

namespace ClvOrleans.Grains.Policies;

/// <summary>Something that a policy has to decide.</summary>
/// <param name="Policy">The policy, in the revision that holds for it.</param>
/// <param name="Occasion">What it is about.</param>
/// <param name="HappenedAt">When happened what caused it.</param>
/// <param name="HappenedBy">What caused it.</param>
/// <param name="Transition">The transition by which the customer enters; null where they are under way.</param>
/// <param name="Enrollment">Where they are; null where they enter.</param>
internal sealed record DecisionCandidate(
    CompiledPolicy Policy, Occasion Occasion, DateTimeOffset HappenedAt, string HappenedBy, Transition? Transition, Enrollment? Enrollment)
{
    /// <summary>Whether the policy only looks on.</summary>
    public bool IsShadow => Enrollment?.IsShadow ?? Policy.Record.Mode == PolicyMode.Shadow;

    /// <summary>What a transition is to a policy that follows it.</summary>
    public static DecisionCandidate Of(CompiledPolicy policy, Transition transition) => new(
        policy,
        new Occasion(FormattableString.Invariant(
            $"{transition.Subject} {transition.Kind.ToString().ToLowerInvariant()} {transition.Entry} {transition.At.ToUnixTimeMilliseconds()}")),
        transition.At,
        transition.Cause.Event is { } key ? $"{key.Source}/{key.MessageId}" : transition.Cause.Kind.ToString().ToLowerInvariant(),
        transition,
        null);

    /// <summary>What is due of somebody under way.</summary>
    public static DecisionCandidate Of(CompiledPolicy policy, Enrollment enrollment) =>
        new(policy, enrollment.Occasion, enrollment.HappenedAt, enrollment.HappenedBy, null, enrollment);
}
