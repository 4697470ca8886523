using System.Collections.Immutable;

namespace ClvOrleans.Policies;

/// <summary>A step of a policy's flow: one of <see cref="ActStep"/>, <see cref="WaitStep"/> and <see cref="BranchStep"/>.</summary>
public abstract record PolicyStep;

/// <summary>Does something for the customer.</summary>
/// <param name="Action">What.</param>
public sealed record ActStep(PolicyAction Action) : PolicyStep;

/// <summary>Lets time pass.</summary>
/// <param name="Time">How much, above 0 and at most a year.</param>
public sealed record WaitStep(TimeSpan Time) : PolicyStep;

/// <summary>Goes on by the first branch whose rule holds.</summary>
/// <param name="Branches">The branches, at least one.</param>
/// <param name="Otherwise">How it goes on where no rule holds; the flow goes on after the branches either way.</param>
public sealed record BranchStep(ImmutableArray<PolicyBranch> Branches, ImmutableArray<PolicyStep> Otherwise) : PolicyStep;
