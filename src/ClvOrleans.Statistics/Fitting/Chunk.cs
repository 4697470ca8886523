namespace ClvOrleans.Statistics.Fitting;

/// <summary>Rows of one key.</summary>
/// <param name="Key">x.</param>
/// <param name="Group">Index of the covariates that the rows share.</param>
/// <param name="Start">First row.</param>
/// <param name="Length">Number of rows, at least 1.</param>
internal readonly record struct Chunk(double Key, int Group, int Start, int Length);
