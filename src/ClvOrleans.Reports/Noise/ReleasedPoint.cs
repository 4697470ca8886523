namespace ClvOrleans.Reports.Noise;

/// <summary>A month since that of the first order, with noise.</summary>
/// <param name="Active">Customers who bought in it.</param>
/// <param name="Revenue">What they brought in it, in minor units.</param>
public readonly record struct ReleasedPoint(long Active, long Revenue);
