namespace ClvOrleans.Policies;

/// <summary>A policy as it is kept.</summary>
/// <param name="Revision">1 for the first definition of the name, one more for each change of it.</param>
/// <param name="Policy">The definition.</param>
/// <param name="Definition">The definition as it was written: JSON.</param>
/// <param name="DefinedAt">When this revision was defined.</param>
/// <param name="Mode">Whether it acts.</param>
/// <param name="ModeSince">Since when it is in this mode.</param>
public sealed record PolicyVersion(
    int Revision, Policy Policy, string Definition, DateTimeOffset DefinedAt, PolicyMode Mode, DateTimeOffset ModeSince);
