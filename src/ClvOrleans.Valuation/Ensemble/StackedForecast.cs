using ClvOrleans.Valuation.Estimates;

namespace ClvOrleans.Valuation.Ensemble;

/// <summary>
/// What an ensemble expects of a buyer within a horizon: one predictive distribution, so that its figures cannot contradict each other. It is
/// that of the buy-till-you-die model beneath with three factors that do not depend on the horizon, on the orders (f), on the hazard of the
/// first of them (γ) and on the spend per order. The value is orders times spend per order; γ ≤ f, so that at least as many orders are
/// expected as is the probability of one: of mixed Poisson purchases E[N] ≥ -ln P(0) (Jensen), and f E[N] ≥ -f ln P(0) ≥ 1 - P(0)^f.
/// A value: nothing is allocated for it.
/// </summary>
public readonly record struct StackedForecast
{
    /// <summary>Undiscounted value in minor units, at least 0: <see cref="ExpectedOrders"/> times <see cref="SpendPerOrder"/>.</summary>
    public double Value => ExpectedOrders * SpendPerOrder;

    /// <summary>Expected purchases, at least the probability of one.</summary>
    public double ExpectedOrders { get; private init; }

    /// <summary>
    /// Expected value of a purchase, in minor units: between the least and the most that the customer has paid on a day and the model
    /// beneath expects.
    /// </summary>
    public double SpendPerOrder { get; private init; }

    /// <summary>P(alive), 0 to 1: at least the probability of a purchase, whatever the horizon, and never higher after more silence.</summary>
    public double ProbabilityAlive { get; private init; }

    /// <summary>P(no purchase), 0 to 1.</summary>
    public double ProbabilityOfNoOrder { get; private init; }

    /// <summary>Where the buyer stands: near 1 on average.</summary>
    public double Score { get; private init; }

    /// <summary>How many times the model beneath's hazard of a first purchase: γ, with the lift of campaigns.</summary>
    public double Eagerness { get; private init; }

    /// <summary>What the buy-till-you-die model that makes the features expects within the same horizon.</summary>
    public ValueForecast Baseline { get; private init; }

    /// <summary>Composes a forecast.</summary>
    /// <param name="baseline">What the model beneath expects within the horizon.</param>
    /// <param name="worth">How many times the value of the model beneath is expected.</param>
    /// <param name="eagerness">How many times the hazard of a first purchase, by the learned probability of one.</param>
    /// <param name="learned">What the model beneath expects within the horizon that this probability was learned for.</param>
    /// <param name="range">What a purchase may be expected to be worth.</param>
    /// <param name="alive">P(alive).</param>
    /// <param name="score">The score of the ensemble.</param>
    /// <param name="lift">How many times as many orders campaigns make of it.</param>
    internal static StackedForecast Of(
        ValueForecast baseline, double worth, double eagerness, ValueForecast learned, SpendRange range, double alive, double score, double lift)
    {
        // Who buys more surely than the model beneath says buys more often in proportion, and the rest of the value is in the spend; what
        // would take the spend out of its range is in the orders again.
        var some = 1 - learned.ProbabilityOfNoOrder;
        var oftener = some > 0 ? Math.Max(eagerness, (1 - Math.Pow(learned.ProbabilityOfNoOrder, eagerness)) / some) : 1;
        var spend = Math.Clamp(oftener > 0 ? baseline.SpendPerOrder * worth / oftener : range.Most, range.Least, range.Most);
        var orders = spend > 0 ? worth * baseline.SpendPerOrder / spend : oftener;
        var first = Math.Min(eagerness, orders) * lift;
        return new StackedForecast
        {
            ExpectedOrders = orders * lift * baseline.ExpectedOrders,
            SpendPerOrder = spend,
            ProbabilityAlive = alive,
            ProbabilityOfNoOrder = Math.Max(1 - alive, Math.Pow(baseline.ProbabilityOfNoOrder, first)),
            Score = score,
            Eagerness = first,
            Baseline = baseline,
        };
    }

    /// <summary>
    /// The probability that the model beneath gives to a purchase until the day by which one comes with a probability; null where it never
    /// comes so surely.
    /// </summary>
    /// <param name="probability">The probability, between 0 and 1.</param>
    internal double? BaseProbabilityAt(double probability) =>
        probability <= ProbabilityAlive && Eagerness > 0 ? 1 - Math.Pow(1 - probability, 1 / Eagerness) : null;
}
