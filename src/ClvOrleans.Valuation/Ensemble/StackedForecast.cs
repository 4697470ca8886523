using ClvOrleans.Valuation.Estimates;

namespace ClvOrleans.Valuation.Ensemble;

/// <summary>
/// What an ensemble expects of a buyer within a horizon: one predictive distribution, so that its figures cannot contradict each other. It
/// is that of the buy-till-you-die model beneath with factors that do not depend on the horizon: on the orders, on the spend per order and
/// on the probability of a first order. The value is orders times spend per order. The orders have at least the factor of the probability,
/// which suffices for every horizon: the model beneath expects at least as many orders as is its probability of one. A value: nothing is
/// allocated for it.
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

    /// <summary>P(alive), 0 to 1: at least the probability of a purchase, whatever the horizon, and never higher after more
    /// silence.</summary>
    public double ProbabilityAlive { get; private init; }

    /// <summary>P(no purchase), 0 to 1.</summary>
    public double ProbabilityOfNoOrder { get; private init; }

    /// <summary>Where the buyer stands: near 1 on average.</summary>
    public double Score { get; private init; }

    /// <summary>What the buy-till-you-die model that makes the features expects within the same horizon.</summary>
    public ValueForecast Baseline { get; private init; }

    /// <summary>The probability of a purchase in time.</summary>
    internal FirstOrder First { get; private init; }

    /// <summary>Composes a forecast.</summary>
    /// <param name="baseline">What the model beneath expects within the horizon.</param>
    /// <param name="worth">How many times the value of the model beneath is expected.</param>
    /// <param name="again">The learned probability of a purchase.</param>
    /// <param name="near">What the model beneath says within the horizon that this was learned for.</param>
    /// <param name="range">What a purchase may be expected to be worth.</param>
    /// <param name="alive">P(alive).</param>
    /// <param name="score">The score of the ensemble.</param>
    /// <param name="lift">How many times as many orders campaigns make of it.</param>
    internal static StackedForecast Of(
        ValueForecast baseline, double worth, double again, double near, SpendRange range, double alive, double score, double lift)
    {
        // Whoever buys more surely than the model beneath says buys as many times more often, and the rest of the value is in the spend.
        // What would take the spend out of its range is in the orders, and with fewer of them a first one is less sure.
        var oftener = near > 0 ? again / near : 1;
        var spend = Math.Clamp(oftener > 0 ? baseline.SpendPerOrder * worth / oftener : range.Most, range.Least, range.Most);
        var orders = spend > 0 ? worth * baseline.SpendPerOrder / spend : oftener;
        var first = new FirstOrder(near, Math.Min(again, orders * near), alive, lift);
        return new StackedForecast
        {
            ExpectedOrders = orders * lift * baseline.ExpectedOrders,
            SpendPerOrder = spend,
            ProbabilityAlive = alive,
            ProbabilityOfNoOrder = 1 - first.At(1 - baseline.ProbabilityOfNoOrder),
            Score = score,
            First = first,
            Baseline = baseline,
        };
    }
}
