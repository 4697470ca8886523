using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Policies;

namespace ClvOrleans.Policies;

/// <summary>A customer who is under way in a policy, at most once in each: a decision of theirs waits.</summary>
/// <param name="Customer">The customer.</param>
/// <param name="Policy">The policy.</param>
/// <param name="Revision">The revision that they entered: it holds to the end.</param>
/// <param name="Occasion">What is to be decided next.</param>
/// <param name="HappenedAt">When happened what they entered by.</param>
/// <param name="HappenedBy">What caused it.</param>
/// <param name="EnteredAt">When they entered.</param>
/// <param name="Orders">How many orders they had then.</param>
/// <param name="DueAt">When it is to be decided.</param>
/// <param name="IsShadow">Whether the policy only looked on when they entered.</param>
public sealed record Enrollment(
    CustomerId Customer, PolicyId Policy, long Revision, Occasion Occasion, DateTimeOffset HappenedAt, string HappenedBy,
    DateTimeOffset EnteredAt, long Orders, DateTimeOffset DueAt, bool IsShadow);
