using System.Collections.Immutable;
using ClvOrleans.Domain.Policies;
using ClvOrleans.Policies;
using ClvOrleans.Policies.Experiments;

namespace ClvOrleans.Grains.Policies;

/// <summary>The policies of a store, compiled, with what holds for all of them and what was measured of them.</summary>
/// <param name="Revision">Number of the last change of a definition.</param>
/// <param name="All">The policies by name; one that cannot be read is left out.</param>
/// <param name="Terms">The terms of all.</param>
/// <param name="Effects">The effects that were measured.</param>
internal sealed record StorePolicies(
    long Revision, ImmutableDictionary<PolicyId, CompiledPolicy> All, PolicyTerms Terms, ImmutableDictionary<PolicyId, PolicyEffect> Effects)
{
    /// <summary>
    /// The effect that is expected of an action: the measured one, where it is that of the policy's only action and in the same unit.
    /// </summary>
    public PolicyEffect EffectOf(Policy policy, PolicyAction action) =>
        Effects.TryGetValue(policy.Id, out var measured) && measured.Unit == action.Effect.Unit && PolicyFlow.Actions(policy).Count() == 1
            ? measured
            : action.Effect;
}
