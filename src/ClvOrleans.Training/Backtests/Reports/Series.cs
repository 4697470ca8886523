using System.Collections.Immutable;

namespace ClvOrleans.Training.Backtests.Reports;

/// <summary>Named values of a picture; NaN leaves a gap.</summary>
/// <param name="Name">Name in the legend.</param>
/// <param name="Colour">Number of the colour, so that a model has the same in all pictures; 0 is what happened.</param>
/// <param name="Values">The values.</param>
internal sealed record Series(string Name, int Colour, ImmutableArray<double> Values);
