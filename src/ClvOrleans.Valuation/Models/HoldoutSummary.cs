namespace ClvOrleans.Valuation.Models;

/// <summary>How a model did when it was fitted as of an earlier day and judged by what came after.</summary>
/// <param name="CalibrationEnd">Last local day that the trial saw.</param>
/// <param name="Until">Last day that it was judged by.</param>
/// <param name="Customers">Number of buyers judged.</param>
/// <param name="Gini">Normalised Gini of the predicted net spend, 1 at best; null where nobody spent.</param>
/// <param name="Spearman">Spearman's ρ of it; null where it is not defined.</param>
/// <param name="Bias">Predicted / actual - 1; null where nobody spent.</param>
public sealed record HoldoutSummary(DateOnly CalibrationEnd, DateOnly Until, int Customers, double? Gini, double? Spearman, double? Bias);
