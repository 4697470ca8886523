namespace ClvOrleans.Valuation.Drift;

/// <summary>What was predicted of a tenth of the buyers together.</summary>
/// <param name="From">Least predicted value of a buyer in it, in minor units.</param>
/// <param name="Customers">Number of buyers.</param>
/// <param name="Orders">Their expected purchase days.</param>
/// <param name="Value">Their expected net spend, undiscounted, in minor units.</param>
public sealed record PredictedGroup(double From, long Customers, double Orders, double Value);
