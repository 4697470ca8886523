namespace ClvOrleans.Simulation;

/// <summary>What is true of a simulated customer and never told to the store.</summary>
/// <param name="UserId">The customer.</param>
/// <param name="FirstOrderAt">When they buy for the first time.</param>
/// <param name="OrdersPerWeek">λ: purchases a week of ordinary market, while there.</param>
/// <param name="DropoutPerWeek">μ: the rate of dropping out.</param>
/// <param name="LeavesAt">When they drop out, at most fifty years after the first order.</param>
/// <param name="MeanOrderValue">p / ν: the mean value of their orders after discounts, in major units.</param>
public sealed record ShopperTruth(
    string UserId, DateTimeOffset FirstOrderAt, double OrdersPerWeek, double DropoutPerWeek, DateTimeOffset LeavesAt,
    double MeanOrderValue);
