namespace ClvOrleans.Domain.Customers;

/// <summary>Where the summary of a cut lies within <see cref="AsOfSnapshots.Packed"/>, unpacked.</summary>
/// <param name="Day">The local day as of whose end it is.</param>
/// <param name="Until">The end of its bytes; they begin where the cut before it ends.</param>
public readonly record struct AsOfSnapshot(DateOnly Day, int Until);
