using System.Collections.Immutable;
using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Policies;

namespace ClvOrleans.Storage.Policies;

/// <summary>What the policies of a store have spent.</summary>
/// <param name="Price">λ.</param>
/// <param name="Spent">By policy and period of its budget.</param>
/// <param name="Actions">How often each policy has acted on the day.</param>
/// <param name="Candidates">How many decisions a price could matter to, on the last days before the day that had any; at most 7.</param>
public sealed record StoreSpending(
    double Price, ImmutableDictionary<(PolicyId Policy, int Period), Money> Spent, ImmutableDictionary<PolicyId, int> Actions,
    ImmutableArray<int> Candidates);
