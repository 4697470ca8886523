using System.Collections.Immutable;

namespace ClvOrleans.Policies;

/// <summary>A branch of a flow.</summary>
/// <param name="Rule">What must hold.</param>
/// <param name="Steps">The steps.</param>
public sealed record PolicyBranch(string Rule, ImmutableArray<PolicyStep> Steps);
