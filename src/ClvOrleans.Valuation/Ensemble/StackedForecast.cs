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
    /// <summary>
    /// How many times as many orders as the model beneath may be expected of who buys at all. Beyond it more are thought to buy.
    /// </summary>
    public const double MostOften = 2;

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

    /// <summary>P(alive) of the model beneath by purchases alone, with the doubt in it.</summary>
    internal double AliveBeneath { get; private init; }

    /// <summary>The probability of a purchase in time.</summary>
    internal FirstOrder First { get; private init; }

    /// <summary>
    /// Expected value within the horizon if alive, in minor units: at most that of <see cref="MostOften"/> times as many orders as the
    /// model beneath expects of who is alive and buys within the horizon that was learned for.
    /// </summary>
    public double ValueIfAlive { get; private init; }

    /// <summary>Composes a forecast.</summary>
    /// <param name="beneath">What the model beneath says.</param>
    /// <param name="worth">How many times the value is expected of what it expects with the doubt.</param>
    /// <param name="again">The learned probability of a purchase.</param>
    /// <param name="score">The score of the ensemble.</param>
    /// <param name="lift">How many times as many orders campaigns make of it.</param>
    internal static StackedForecast Of(in Beneath beneath, double worth, double again, double score, double lift)
    {
        var (expected, range, alive, isBounded) = (beneath.Expected, beneath.Range, beneath.Alive, beneath.IsBounded);

        // Whoever buys more surely than the model beneath says buys as many times more often, and the rest of the value is in the spend.
        // What would take the spend out of its range is in the orders, and with fewer of them a first one is less sure.
        var near = 1 - beneath.Then.ProbabilityOfNoOrder;
        again = isBounded ? Math.Min(again, alive) : again;
        var oftener = near > 0 ? again / near : 1;
        var spend = Math.Clamp(oftener > 0 ? expected.SpendPerOrder * worth / oftener : range.Most, range.Least, range.Most);
        var orders = spend > 0 ? worth * expected.SpendPerOrder / spend : oftener;
        if (isBounded && orders > MostOften * oftener)
        {
            // So many orders of so few buyers: more buy, as long as they are alive, and what is left is more than a living buyer brings.
            again = Math.Min(orders * near / MostOften, alive);
            orders = near > 0 ? Math.Min(orders, MostOften * again / near) : orders;
        }

        var first = new FirstOrder(near, Math.Min(again, orders * near), alive, lift);
        var (ordered, sure) = (orders * lift * expected.ExpectedOrders, 1 - beneath.LivingThen.ProbabilityOfNoOrder);
        var most = sure > 0 ? MostOften * lift * beneath.Living.ExpectedOrders / sure : 0;
        return new StackedForecast
        {
            ExpectedOrders = ordered,
            SpendPerOrder = spend,
            ProbabilityAlive = alive,
            ProbabilityOfNoOrder = 1 - first.At(1 - expected.ProbabilityOfNoOrder),
            ValueIfAlive = spend * (ordered < most * alive ? ordered / alive : most),
            Score = score,
            AliveBeneath = expected.ProbabilityAlive,
            First = first,
            Baseline = beneath.Said,
        };
    }
}
