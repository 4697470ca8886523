namespace ClvOrleans.Reports.Tables;

/// <summary>A measure of a table with noise.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Sensitivity">By how much one customer changes all figures of it together, at most; money in minor units.</param>
/// <param name="Epsilon">Its part of the privacy loss of the period.</param>
/// <param name="Scale">Scale of the noise of each figure; its standard deviation is about 1.4 times as much.</param>
public sealed record NoisyMeasure(string Name, long Sensitivity, double Epsilon, double Scale);
