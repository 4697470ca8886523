using System.Collections.Immutable;

namespace ClvOrleans.Reports.Noise;

/// <summary>A group that is released, each figure with its noise, and so perhaps below 0. Money is in minor units.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Customers">Customers, above 0.</param>
/// <param name="Historic">What they brought.</param>
/// <param name="Predicted">What they are expected to bring.</param>
/// <param name="AtRisk">Revenue at risk.</param>
/// <param name="Curve">Of a month of first orders, the months since, from 0; else empty.</param>
public sealed record ReleasedGroup(
    string Name, long Customers, long Historic, long Predicted, long AtRisk, ImmutableArray<ReleasedPoint> Curve);
