namespace ClvOrleans.Valuation.Estimates;

/// <summary>What is ahead of one customer within the horizon. A value: nothing is allocated for it.</summary>
/// <param name="ProbabilityAlive">P(alive), 0 to 1.</param>
/// <param name="ExpectedOrders">Expected purchases.</param>
/// <param name="DiscountedOrders">Expected purchases, each discounted by the time until it.</param>
/// <param name="ProbabilityOfNoOrder">P(no purchase), 0 to 1.</param>
/// <param name="SpendPerOrder">Expected value of a purchase, in the unit of the spend model.</param>
public readonly record struct ValueForecast(
    double ProbabilityAlive, double ExpectedOrders, double DiscountedOrders, double ProbabilityOfNoOrder, double SpendPerOrder)
{
    /// <summary>Variance of the discounted spend, parameters being known.</summary>
    public double Variance { get; init; }

    /// <summary>Expected discounted spend.</summary>
    public double Value => DiscountedOrders * SpendPerOrder;
}
