using System.Collections.Immutable;
using ClvOrleans.Statistics.Discrete;
using ClvOrleans.Statistics.Lifetime;
using ClvOrleans.Statistics.Subscriptions;

namespace ClvOrleans.Training.Fits;

/// <summary>The families of models that can be fitted to a file.</summary>
public static class FittedFamilies
{
    /// <summary>Their names.</summary>
    public static ImmutableArray<string> Names { get; } =
        [.. LifetimeModels.Families, BetaGeometricBetaBinomial.Family, .. ContractModels.Families];

    /// <summary>Whether a family is fitted to purchases at any time.</summary>
    public static bool IsOfPurchases(string model) => LifetimeModels.Families.Contains(model);

    /// <summary>Whether a family is fitted to contracts.</summary>
    public static bool IsOfContracts(string model) => ContractModels.Families.Contains(model);

    /// <summary>Periods a year where nothing else is said: weeks for purchases, else years.</summary>
    public static double PeriodsPerYear(string model) => IsOfPurchases(model) ? 52 : 1;

    /// <summary>The time between two periods: "week", "opportunity" or "renewal".</summary>
    public static string UnitOf(string model) => IsOfPurchases(model) ? "week" : IsOfContracts(model) ? "renewal" : "opportunity";
}
