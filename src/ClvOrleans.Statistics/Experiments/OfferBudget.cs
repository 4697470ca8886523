using System.Collections.Immutable;

namespace ClvOrleans.Statistics.Experiments;

/// <summary>What a budget buys.</summary>
/// <param name="Offers">The offers to make, one for a customer at most, within the budget.</param>
/// <param name="Spent">What they cost.</param>
/// <param name="Gained">What they gain.</param>
/// <param name="Bound">No choice within the budget gains more: the gain if a fraction of an offer could be made.</param>
/// <param name="Price">λ: gain that one more unit of money would buy; 0 where all that gains is bought.</param>
public sealed record OfferBudget(ImmutableArray<Offer> Offers, double Spent, double Gained, double Bound, double Price);
