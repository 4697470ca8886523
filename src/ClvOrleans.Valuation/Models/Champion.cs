namespace ClvOrleans.Valuation.Models;

/// <summary>The promoted model.</summary>
/// <param name="Version">The model.</param>
/// <param name="Generation">Counts promotions in the store, from 1; 0 is the prior.</param>
public sealed record Champion(ModelVersion Version, int Generation);
