using System.Collections.Immutable;
using ClvOrleans.Domain.Policies;
using ClvOrleans.Policies.Experiments;

namespace ClvOrleans.Policies;

/// <summary>The policies of a store, and what holds for all of them.</summary>
/// <param name="Revision">Number of the last change of any definition; 0 where there never was one.</param>
/// <param name="All">Those that are defined, by name.</param>
/// <param name="Terms">The terms of all.</param>
/// <param name="Effects">The measured effects, by policy and place of the step.</param>
public sealed record PolicyBook(
    long Revision, ImmutableArray<PolicyRecord> All, PolicyTerms Terms,
    ImmutableDictionary<(PolicyId Policy, string Step), PolicyEffect> Effects)
{
    /// <summary>A store without any.</summary>
    public static PolicyBook None { get; } =
        new(0, [], PolicyTerms.Default, ImmutableDictionary<(PolicyId, string), PolicyEffect>.Empty);
}
