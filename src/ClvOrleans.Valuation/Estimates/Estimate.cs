using ClvOrleans.Domain.Currencies;
using ClvOrleans.Valuation.Models;

namespace ClvOrleans.Valuation.Estimates;

/// <summary>
/// What a model says of a customer. A pure function of (summary, market, model, day, horizon): it can be recomputed bit for bit.
/// </summary>
public sealed record Estimate
{
    /// <summary>The most orders that are expected of a customer, whatever a model says: a million.</summary>
    public const double GreatestOrders = 1_000_000;

    /// <summary>The greatest <see cref="Variance"/>: sums over a hundred million customers stay within 128 bits.</summary>
    public const double GreatestVariance = 1e30;

    /// <summary>The greatest <see cref="Hazard"/>: P(no purchase) is below 10^-13.</summary>
    public const double GreatestHazard = 30;

    /// <summary>The model version that made it.</summary>
    public required string ModelVersion { get; init; }

    /// <summary>The local calendar day for which it holds. Estimates move at each event and at each local midnight.</summary>
    public required DateOnly AsOf { get; init; }

    /// <summary>How many days it looks ahead.</summary>
    public required int HorizonDays { get; init; }

    /// <summary>Expected purchase days within the horizon, not discounted; at most <see cref="GreatestOrders"/>.</summary>
    public double ExpectedOrders { get; init => field = Within(value, GreatestOrders); }

    /// <summary>Expected net spend within the horizon, discounted; at most <see cref="Money.GreatestEstimate"/>.</summary>
    public Money Value { get; init; }

    /// <summary>The margin of <see cref="Value"/>.</summary>
    public Money Margin { get; init; }

    /// <summary>
    /// What would be expected of the customer if still one for sure, times the probability of being gone; at most 10^15 minor units.
    /// </summary>
    public Money RevenueAtRisk { get; init; }

    /// <summary>P(alive): the probability that the customer has not left for good, 0 to 1.</summary>
    public double ProbabilityAlive { get; init => field = Within(value, 1); }

    /// <summary>The probability of no purchase within the horizon, 0 to 1.</summary>
    public double ProbabilityOfNoOrder { get; init => field = Within(value, 1); }

    /// <summary>When the next purchase comes; null before the first.</summary>
    public NextOrder? NextOrder { get; init; }

    /// <summary>The central 80 % of the spend within the horizon, discounted like <see cref="Value"/>.</summary>
    public ValueInterval Interval { get; init; } = new(Money.Zero, Money.Zero, .8);

    /// <summary>The central 50, 80 and 95 % of the same; null where only the estimate was asked for.</summary>
    public IReadOnlyList<ValueInterval>? Intervals { get; init; }

    /// <summary>Where the intervals come from.</summary>
    public IntervalMethod IntervalMethod { get; init; }

    /// <summary>
    /// Variance of the value, in squared minor units, if the level that all customers share is as predicted: what adds up over customers.
    /// </summary>
    public double Variance { get; init => field = Within(value, GreatestVariance); }

    /// <summary>The hazard of a purchase within the horizon, -ln P(no purchase): it adds up too.</summary>
    public double Hazard { get; init => field = Within(value, GreatestHazard); }

    /// <summary>What the estimate rests on.</summary>
    public EstimateBasis Basis { get; init; }

    /// <summary>1 - P(alive).</summary>
    public double ChurnProbability => 1 - ProbabilityAlive;

    // What is not a number, or infinite, would poison every sum and could not be written as JSON.
    private static double Within(double value, double most) => double.IsNaN(value) ? 0 : Math.Clamp(value, 0, most);
}
