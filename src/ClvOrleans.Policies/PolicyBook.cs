using System.Collections.Immutable;

namespace ClvOrleans.Policies;

/// <summary>The policies of a store, and what holds for all of them.</summary>
/// <param name="Revision">Number of the last change of any definition; 0 where there never was one.</param>
/// <param name="All">Those that are defined, by name.</param>
/// <param name="Terms">The terms of all.</param>
public sealed record PolicyBook(long Revision, ImmutableArray<PolicyRecord> All, PolicyTerms Terms)
{
    /// <summary>A store without any.</summary>
    public static PolicyBook None { get; } = new(0, [], PolicyTerms.Default);
}
