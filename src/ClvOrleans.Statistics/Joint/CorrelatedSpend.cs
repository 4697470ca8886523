using System.Collections.Immutable;
using ClvOrleans.Statistics.Lifetime;
using ClvOrleans.Statistics.Spend;

namespace ClvOrleans.Statistics.Joint;

/// <summary>
/// Purchases and spend that depend on each other: the rate λ ~ gamma(r, α) of purchases and the scale ν ~ gamma(q, v) of Gamma-Gamma have
/// Sarmanov's joint density g₁(λ) g₂(ν) [1 - ω φ₁(λ) φ₂(ν)] with the kernels φ(y) = e^(-cy) - 1/2, c such that their mean is 0 (Sarmanov
/// 1966; Lee 1996, "Properties and Applications of the Sarmanov Family"). As e^(-cy) times a gamma density is one of rate higher by c,
/// likelihood and expectations stay closed: mixtures of four independent models. Above 0, those who buy often spend more; 0 is
/// independence. The marginals are untouched, which limits the correlation: <see cref="Correlation"/> says what there is of it.
/// </summary>
/// <param name="Lifetime">The model of purchases; its λ is gamma(r, alpha).</param>
/// <param name="Spend">The model of spend.</param>
/// <param name="Omega">ω, from -4 to 4.</param>
public sealed record CorrelatedSpend(ILifetimeModel Lifetime, GammaGamma Spend, double Omega)
{
    // The kernels' range makes the density negative beyond.
    internal const double Limit = 4;

    private readonly (ILifetimeModel Lifetime, GammaGamma Spend) _shifted = Shift(Lifetime, Spend);

    /// <summary>Correlation of a customer's purchase rate λ with their scale of spend 1/ν, which exists for q &gt; 2; else NaN.</summary>
    public double Correlation
    {
        get
        {
            var (r, q) = (Lifetime.Parameters["r"], Spend.Q);
            // E[λ φ₁] = (r / α) (2^(-1/r) - 1) / 2, and E[φ₂ / ν] = v / (q - 1) (2^(1/q) - 1) / 2.
            var rate = (1 - Math.Pow(2, -1 / r)) / 2 * Math.Sqrt(r);
            var scale = (Math.Pow(2, 1 / q) - 1) / 2 * Math.Sqrt(q - 2);
            return q > 2 ? Omega * rate * scale : double.NaN;
        }
    }

    /// <summary>ln L of purchases and spend together.</summary>
    /// <param name="h">The purchases.</param>
    /// <param name="paid">Number of paid repeat purchases.</param>
    /// <param name="mean">Their mean value; not read where there are none.</param>
    public double LogLikelihood(PurchaseHistory h, double paid, double mean) =>
        Lifetime.LogLikelihood(h) + (paid > 0 ? Spend.LogLikelihood(paid, mean) : 0) + Math.Log(1 - (Omega * Tilt(h, paid, mean)));

    /// <summary>Expected purchases and expected spend in the next <paramref name="horizon"/>.</summary>
    /// <inheritdoc cref="LogLikelihood" path="/param" />
    /// <param name="h">The purchases.</param>
    /// <param name="paid">Number of paid repeat purchases.</param>
    /// <param name="mean">Their mean value; not read where there are none.</param>
    /// <param name="horizon">How far to look ahead, in the unit of the history.</param>
    public (double Purchases, double Spend) Expected(PurchaseHistory h, double paid, double mean, double horizon)
    {
        var (lifetime, spend) = Ratios(h, paid, mean);
        var share = Omega / 4;
        ImmutableArray<double> weights = [1 - share, share * lifetime, share * spend, -share * lifetime * spend];
        var (x, xShifted) = (Lifetime.ExpectedPurchases(h, horizon), _shifted.Lifetime.ExpectedPurchases(h, horizon));
        var (z, zShifted) = (Spend.ExpectedSpend(paid, mean), _shifted.Spend.ExpectedSpend(paid, mean));
        var whole = weights.Sum();
        return (
            (((weights[0] + weights[2]) * x) + ((weights[1] + weights[3]) * xShifted)) / whole,
            ((((weights[0] * x) + (weights[1] * xShifted)) * z) + (((weights[2] * x) + (weights[3] * xShifted)) * zShifted)) / whole);
    }

    /// <summary>E[φ₁ φ₂ | data], by which ω moves the likelihood.</summary>
    internal double Tilt(PurchaseHistory h, double paid, double mean)
    {
        var (lifetime, spend) = Ratios(h, paid, mean);
        return (lifetime - 1) * (spend - 1) / 4;
    }

    // How much likelier the data are at the shifted rates.
    private (double Lifetime, double Spend) Ratios(PurchaseHistory h, double paid, double mean) => (
        Math.Exp(_shifted.Lifetime.LogLikelihood(h) - Lifetime.LogLikelihood(h)),
        paid > 0 ? Math.Exp(_shifted.Spend.LogLikelihood(paid, mean) - Spend.LogLikelihood(paid, mean)) : 1);

    // (α / (α + c))^r = 1/2 at α + c = α 2^(1/r).
    private static (ILifetimeModel Lifetime, GammaGamma Spend) Shift(ILifetimeModel lifetime, GammaGamma spend) => (
        LifetimeModels.Create(
            lifetime.Family,
            lifetime.Parameters.SetItem("alpha", lifetime.Parameters["alpha"] * Math.Pow(2, 1 / lifetime.Parameters["r"]))),
        spend with { V = spend.V * Math.Pow(2, 1 / spend.Q) });
}
