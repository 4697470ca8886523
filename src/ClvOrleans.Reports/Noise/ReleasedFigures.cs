using System.Collections.Immutable;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Reports.Tables;

namespace ClvOrleans.Reports.Noise;

/// <summary>A table as it is released.</summary>
/// <param name="Table">Which.</param>
/// <param name="Least">The least number of customers, with noise, that a group is released with.</param>
/// <param name="Measures">Its measures.</param>
/// <param name="Groups">Its groups, by name.</param>
public sealed record ReleasedFigures(
    ReleasedTable Table, long Least, ImmutableArray<NoisyMeasure> Measures, ImmutableArray<ReleasedGroup> Groups);
