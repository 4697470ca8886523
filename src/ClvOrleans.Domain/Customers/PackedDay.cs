namespace ClvOrleans.Domain.Customers;

/// <summary>Where the summary of a day lies within <see cref="AsOfSnapshots.Packed"/>, unpacked.</summary>
/// <param name="Day">The local day as of whose end it is.</param>
/// <param name="Until">The end of its bytes; they begin where those of the day before it end.</param>
public readonly record struct PackedDay(DateOnly Day, int Until);
