using System.Collections.Immutable;

namespace ClvOrleans.Training.Movements;

/// <summary>How forecasts of a fixed window moved from day to day, beside how much there was to learn.</summary>
/// <param name="Excess">
/// Squared increments over the reduction of uncertainty: 1 on average where every movement was earned, above 1 where values move for
/// nothing, below 1 where they learn too late (Augenblick and Rabin 2021). Null where nothing was uncertain.
/// </param>
/// <param name="Error">Its standard error, customers being independent.</param>
/// <param name="Groups">By what customers did.</param>
public sealed record MovementSummary(double? Excess, double? Error, ImmutableArray<MovementGroup> Groups);
