using System.Collections.Immutable;

namespace ClvOrleans.Reports.Tables;

/// <summary>How figures were made private.</summary>
/// <param name="Epsilon">Privacy loss for each customer of all that the period tells, given the model.</param>
/// <param name="Delta">Probability, at most, that a name of a group is released because of one customer.</param>
/// <param name="Bound">The most that a customer counts for in a sum of money, in major units.</param>
/// <param name="Months">In how many months after the first a customer counts as active, at most.</param>
/// <param name="Period">week or month.</param>
/// <param name="ToldUntil">The last day on which these figures are given; a new release follows.</param>
/// <param name="LeastCustomers">The least number of customers, with noise, of a group that is released.</param>
/// <param name="Measures">The measures; those of money in minor units.</param>
public sealed record TableNoise(
    decimal Epsilon, decimal Delta, decimal Bound, int Months, string Period, DateOnly ToldUntil, long LeastCustomers,
    ImmutableArray<NoisyMeasure> Measures);
