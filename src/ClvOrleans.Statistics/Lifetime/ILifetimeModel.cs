using System.Collections.Immutable;

namespace ClvOrleans.Statistics.Lifetime;

/// <summary>
/// A buy-till-you-die model with given parameters. Times are in the unit of the histories that it was fitted on: weeks in the service.
/// Pure and safe to call from many threads.
/// </summary>
public interface ILifetimeModel
{
    /// <summary>Name of the family, one of <see cref="LifetimeModels.Families"/>.</summary>
    string Family { get; }

    /// <summary>Parameters by name.</summary>
    ImmutableSortedDictionary<string, double> Parameters { get; }

    /// <summary>ln L of one history; -∞ for an impossible one.</summary>
    double LogLikelihood(PurchaseHistory h);

    /// <summary>P(alive | history), 0 to 1.</summary>
    double ProbabilityAlive(PurchaseHistory h);

    /// <summary>
    /// T*: the time from the first purchase at which P(alive) of a customer who stays silent after t_x has fallen to a probability; at
    /// least t_x, whatever the T of the history. t_x itself where it is no higher even right after the last purchase; infinite where it
    /// never falls so far.
    /// </summary>
    /// <param name="h">The history; its T is not read.</param>
    /// <param name="probability">The probability, above 0 and below 1.</param>
    double TimeAtProbabilityAlive(PurchaseHistory h, double probability);

    /// <summary>
    /// E[Y(t) | history]: expected purchases in the next <paramref name="horizon"/>, at least 0. For a brand-new customer give the history
    /// (0, 0, 0) on the day of the first purchase.
    /// </summary>
    double ExpectedPurchases(PurchaseHistory h, double horizon);

    /// <summary>
    /// Expected purchases in the next <paramref name="horizon"/>, each discounted by e^(-rate × time until it). An infinite horizon gives
    /// the discounted expected residual transactions (DERT; Fader, Hardie and Lee 2005, "RFM and CLV"), for which the rate must be
    /// positive.
    /// </summary>
    /// <param name="h">The history.</param>
    /// <param name="horizon">How far to look ahead, may be infinite.</param>
    /// <param name="rate">Continuous discount rate a unit of time, at least 0.</param>
    double DiscountedPurchases(PurchaseHistory h, double horizon, double rate);

    /// <summary>
    /// Writes P(n purchases in the next <paramref name="horizon"/> | history) for n = 0, 1, ... until the rest is below 10^-9 or the span
    /// is full, and returns how many it wrote.
    /// </summary>
    int PurchaseProbabilities(PurchaseHistory h, double horizon, Span<double> probabilities);
}
