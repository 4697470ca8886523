using System.Collections.Immutable;

namespace ClvOrleans.Statistics.Covariates;

/// <summary>Covariates that hold for a stretch of time, such as a week or a day.</summary>
/// <param name="From">Time since the customer's first purchase after which they hold, until the next step begins.</param>
/// <param name="Values">The covariates, in the order of their names.</param>
public readonly record struct CovariateStep(double From, ImmutableArray<double> Values);
