using MathNet.Numerics.Distributions;

namespace ClvOrleans.Statistics.Experiments;

/// <summary>
/// Whether to treat everybody, by what is known of the profit for a customer: a normal distribution with the mean μ and the standard
/// deviation σ. To treat if μ is above 0; to learn on while what certainty would add is worth more than the holdout costs (Raiffa and
/// Schlaifer 1961).
/// </summary>
/// <param name="Mean">μ: expected profit of treating a customer, cost taken off, in money.</param>
/// <param name="Deviation">σ: standard error of it, above 0.</param>
public sealed record RolloutDecision(double Mean, double Deviation)
{
    /// <summary>Whether to treat is the better of the two by what is known now.</summary>
    public bool Treat => Mean > 0;

    /// <summary>P(profit &lt; 0): that treating everybody loses money, 0 to 1.</summary>
    public double ProbabilityOfLoss => Significance.UpperNormal(Mean / Deviation);

    /// <summary>
    /// EVPI = σ [φ(z) - z Φ(-z)] with z = |μ| / σ: what knowing the true profit would be worth for each customer, in money. No further test
    /// is worth more.
    /// </summary>
    public double PerfectInformation
    {
        get
        {
            var z = Math.Abs(Mean) / Deviation;
            return Deviation * (Normal.PDF(0, 1, z) - (z * Significance.UpperNormal(z)));
        }
    }

    /// <summary>The decision by an absolute effect on spend.</summary>
    /// <param name="spend">Effect on spend, in money for each customer.</param>
    /// <param name="margin">Part of the spend that is profit, above 0 and at most 1.</param>
    /// <param name="cost">Cost of treating a customer, in money, at least 0.</param>
    public static RolloutDecision Of(Effect spend, double margin, double cost)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(cost);
        return new RolloutDecision(BreakEvenCost(spend, margin) - cost, margin * spend.StandardError);
    }

    /// <summary>The cost of treating a customer at which treating no longer pays, in money.</summary>
    /// <param name="spend">Effect on spend, in money for each customer.</param>
    /// <param name="margin">Part of the spend that is profit, above 0 and at most 1.</param>
    public static double BreakEvenCost(Effect spend, double margin) => margin is > 0 and <= 1
        ? margin * spend.Estimate
        : throw new ArgumentOutOfRangeException(nameof(margin), margin, "It must be above 0 and at most 1.");

    /// <summary>Whether a holdout may still be worth its cost: EVPI times what is left exceeds it.</summary>
    /// <param name="customersLeft">Customers who will be treated, or not, by what is learned.</param>
    /// <param name="holdoutCost">What the holdout costs: profit that the held out would have brought, in money.</param>
    public bool LearnOn(double customersLeft, double holdoutCost) => PerfectInformation * customersLeft > holdoutCost;
}
