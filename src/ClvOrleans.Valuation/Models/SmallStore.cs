using ClvOrleans.Statistics.Fitting;
using ClvOrleans.Statistics.Lifetime;
using MathNet.Numerics.LinearAlgebra;

namespace ClvOrleans.Valuation.Models;

/// <summary>
/// A store of few customers or weeks, of which its own data say too little: Pareto/NBD is fitted with what is known of other stores as
/// prior, which weakens as own data come (<see cref="KnownStores"/>).
/// </summary>
public static class SmallStore
{
    /// <summary>Customers from which a store is not small.</summary>
    public const int Customers = 500;

    /// <summary>Weeks of data from which a store is not small.</summary>
    public const double Weeks = 52;

    private const double Year = 52;

    /// <summary>Whether a store is small by its customers or by the time since the first of them began.</summary>
    public static bool Is(IReadOnlyCollection<PurchaseHistory> histories) =>
        histories.Count < Customers || histories.Max(h => h.Observed) < Weeks;

    /// <summary>The fit. <exception cref="FitException">There is no customer.</exception></summary>
    public static LifetimeFit Fit(PurchaseHistories histories) =>
        LifetimeModels.Fit(KnownStores.Family, histories, FitOptions.Default with { Prior = KnownStores.Prior() });

    /// <summary>The share of the prior's variance of ln E[purchases of a new customer in a year] that a fit has left, 0 to 1.</summary>
    public static double PriorShare(FitReport report)
    {
        var prior = KnownStores.Prior();
        return Math.Min(
            1, RelativeVariance(report.Parameters, report.Covariance, Year) / RelativeVariance(prior.Centre, prior.Covariance, Year));
    }

    /// <summary>Variance of ln E[purchases of a new customer], by the delta method.</summary>
    /// <param name="parameters">r, α, s, β.</param>
    /// <param name="covariance">Covariance of their logarithms, row by row.</param>
    /// <param name="weeks">How far to look ahead.</param>
    internal static double RelativeVariance(IReadOnlyList<double> parameters, IReadOnlyList<double> covariance, double weeks)
    {
        const double Step = 1e-4;
        var slope = Vector<double>.Build.Dense(
            4, i => (Log([.. parameters.Select((p, j) => j == i ? p * Math.Exp(Step) : p)]) - Log(parameters)) / Step);
        return slope * (Matrix<double>.Build.DenseOfRowMajor(4, 4, covariance) * slope);

        double Log(IReadOnlyList<double> p) => Math.Log(new ParetoNbd(p[0], p[1], p[2], p[3]).ExpectedPurchasesOfNewCustomer(weeks));
    }
}
