using System.Collections.Immutable;

namespace ClvOrleans.Model.Lifetime;

/// <summary>A buy-till-you-die model with given parameters. Time unit: weeks. Pure and safe to call from many threads.</summary>
public interface ILifetimeModel
{
    /// <summary>Name of the family: <c>pareto-nbd</c>, <c>bg-nbd</c>.</summary>
    string Family { get; }

    /// <summary>Parameters by name.</summary>
    ImmutableSortedDictionary<string, double> Parameters { get; }

    /// <summary>ln L of one history; -∞ for an impossible one.</summary>
    double LogLikelihood(PurchaseHistory h);

    /// <summary>P(alive | history), 0 to 1.</summary>
    double ProbabilityAlive(PurchaseHistory h);

    /// <summary>Expected purchases in the next <paramref name="horizon"/> weeks.</summary>
    double ExpectedPurchases(PurchaseHistory h, double horizon);

    /// <summary>Expected repeat purchases of a brand-new customer in their first <paramref name="horizon"/> weeks.</summary>
    double ExpectedPurchasesOfNewCustomer(double horizon);

    /// <summary>P(n purchases in the next <paramref name="horizon"/> weeks | history) for n = 0, 1, ... until the rest is below 10^-9 or <paramref name="limit"/> is reached.</summary>
    double[] PurchaseProbabilities(PurchaseHistory h, double horizon, int limit);
}
