using System.Collections.Immutable;
using ClvOrleans.Domain.Policies;
using ClvOrleans.Policies;
using ClvOrleans.Policies.Experiments;
using ClvOrleans.Valuation.Watches;

namespace ClvOrleans.Grains.Policies;

/// <summary>The policies of a store, compiled, with what holds for all of them and what was measured of them.</summary>
/// <param name="Revision">Number of the last change of a definition.</param>
/// <param name="All">The policies by name; one that cannot be read is left out.</param>
/// <param name="Terms">The terms of all.</param>
/// <param name="Effects">The effects that were measured: by policy, and of one with several actions also by action.</param>
internal sealed record StorePolicies(
    long Revision, ImmutableDictionary<PolicyId, CompiledPolicy> All, PolicyTerms Terms,
    ImmutableDictionary<(PolicyId Policy, string? Action), PolicyEffect> Effects)
{
    /// <summary>A store without policies.</summary>
    public static readonly StorePolicies None = new(
        0, ImmutableDictionary<PolicyId, CompiledPolicy>.Empty, PolicyTerms.Default,
        ImmutableDictionary<(PolicyId, string?), PolicyEffect>.Empty);

    /// <summary>Whether a policy looks at any of some transitions.</summary>
    public bool Follow(ImmutableArray<Transition> transitions)
    {
        foreach (var policy in All.Values)
        {
            foreach (var transition in transitions)
            {
                if (policy.Follows(transition))
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>The effect that is expected of an action: the measured one where it is in the same unit, else the assumed one.</summary>
    public PolicyEffect EffectOf(Policy policy, string place, PolicyAction action)
    {
        var measured = PolicyFlow.Actions(policy).Count() == 1 ? null : DecisionExposure.NameOf(place, action);
        return Effects.TryGetValue((policy.Id, measured), out var effect) && effect.Unit == action.Effect.Unit ? effect : action.Effect;
    }

    /// <summary>The effects that readings have measured.</summary>
    public static ImmutableDictionary<(PolicyId Policy, string? Action), PolicyEffect> Measured(
        IEnumerable<PolicyEffectReading> readings) =>
        readings.SelectMany(r =>
        {
            var policy = new PolicyId(r.Subject[(r.Subject.IndexOf('/', StringComparison.Ordinal) + 1)..]);
            return r.Actions.Select(a => (Key: (policy, (string?)a.Action), a.Effect)).Prepend((Key: (policy, null), r.Effect));
        })
        .Where(e => e.Effect.Source == EffectSource.Measured).ToImmutableDictionary(e => e.Key, e => e.Effect);
}
