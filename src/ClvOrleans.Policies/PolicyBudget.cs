using ClvOrleans.Domain.Currencies;

namespace ClvOrleans.Policies;

/// <summary>What a policy may spend. A hard limit.</summary>
/// <param name="Amount">The amount, at least 0.</param>
/// <param name="Days">For how many days it is, from the policy's start on; then it is there again. Null for all of the policy's
/// time.</param>
public sealed record PolicyBudget(Money Amount, int? Days = null);
