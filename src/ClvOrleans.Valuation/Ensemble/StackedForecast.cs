using ClvOrleans.Valuation.Estimates;

namespace ClvOrleans.Valuation.Ensemble;

/// <summary>What an ensemble expects of a buyer within a horizon. A value: nothing is allocated for it.</summary>
/// <param name="Value">Undiscounted value in minor units, at least 0.</param>
/// <param name="ExpectedOrders">Expected purchases.</param>
/// <param name="ProbabilityAlive">P(alive), 0 to 1.</param>
/// <param name="ProbabilityOfNoOrder">P(no purchase), 0 to 1.</param>
/// <param name="Score">Where the buyer stands: near 1 on average.</param>
/// <param name="Baseline">What the buy-till-you-die model that makes the features expects within the same horizon.</param>
public readonly record struct StackedForecast(
    double Value, double ExpectedOrders, double ProbabilityAlive, double ProbabilityOfNoOrder, double Score, ValueForecast Baseline);
