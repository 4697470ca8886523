namespace ClvOrleans.Statistics.Lifetime;

/// <summary>
/// What waiting with an action shows: either the customer buys unaided, and the action is saved, or the silence says more than it did. A
/// customer is best approached not as soon as it pays, but when waiting no longer does.
/// </summary>
/// <param name="BuysUnaided">Probability of a purchase while one waits, 0 to 1.</param>
/// <param name="ProbabilityAliveAfter">p': P(alive) if there was none, 0 to 1.</param>
public readonly record struct Waiting(double BuysUnaided, double ProbabilityAliveAfter)
{
    /// <summary>Waiting with a customer of a model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="h">The history, up to now.</param>
    /// <param name="time">How long to wait, in the model's unit, at least 0.</param>
    public static Waiting Of(ILifetimeModel model, PurchaseHistory h, double time)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(time);
        Span<double> counts = stackalloc double[1];
        model.PurchaseProbabilities(h, time, counts);
        return new Waiting(1 - counts[0], model.ProbabilityAlive(h with { Observed = h.Observed + time }));
    }

    /// <summary>Waiting with a customer who buys at a known rate while alive, and does not leave while one waits.</summary>
    /// <param name="probabilityAlive">P(alive) now, 0 to 1.</param>
    /// <param name="rate">Purchases a unit of time while alive, at least 0.</param>
    /// <param name="time">How long to wait, at least 0.</param>
    public static Waiting OfRate(double probabilityAlive, double rate, double time)
    {
        if (!(probabilityAlive is >= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(probabilityAlive), probabilityAlive, "A probability lies from 0 to 1.");
        }

        ArgumentOutOfRangeException.ThrowIfNegative(rate);
        ArgumentOutOfRangeException.ThrowIfNegative(time);
        var silent = probabilityAlive * Math.Exp(-rate * time);
        var buys = probabilityAlive - silent;
        return new Waiting(buys, buys == 1 ? 0 : silent / (1 - buys));
    }

    /// <summary>What the action is worth now if it is put off: δ P(no purchase) max(Δ(p') - c, 0), in money.</summary>
    /// <param name="gain">Δ(p): incremental margin of the action for a customer who is alive with probability p.</param>
    /// <param name="cost">c: cost of the action, in money, at least 0.</param>
    /// <param name="discount">δ: what money after the wait is worth now, above 0 and at most 1.</param>
    public double Value(Func<double, double> gain, double cost, double discount = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(cost);
        return discount is > 0 and <= 1
            ? discount * (1 - BuysUnaided) * Math.Max(0, gain(ProbabilityAliveAfter) - cost)
            : throw new ArgumentOutOfRangeException(nameof(discount), discount, "It must be above 0 and at most 1.");
    }

    /// <summary>
    /// Whether to wait is worth more than to act now: <see cref="Value"/> exceeds Δ(p) - c, and an action that loses is never due.
    /// </summary>
    /// <param name="probabilityAlive">P(alive) now.</param>
    /// <param name="gain">Δ(p): incremental margin of the action for a customer who is alive with probability p.</param>
    /// <param name="cost">c: cost of the action, in money, at least 0.</param>
    /// <param name="discount">δ: what money after the wait is worth now, above 0 and at most 1.</param>
    public bool Pays(double probabilityAlive, Func<double, double> gain, double cost, double discount = 1) =>
        Value(gain, cost, discount) > gain(probabilityAlive) - cost;
}
