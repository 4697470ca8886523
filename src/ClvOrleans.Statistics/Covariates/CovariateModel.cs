using System.Collections.Immutable;
using ClvOrleans.Statistics.Lifetime;

namespace ClvOrleans.Statistics.Covariates;

/// <summary>
/// A lifetime model whose customers differ by what is known of them, such as the channel of the first order (Fader and Hardie 2007,
/// "Incorporating Time-Invariant Covariates into the Pareto/NBD and BG/NBD Models"). A customer with covariates z buys e^(γ·z) times as
/// often: α becomes α e^(-γ·z). Under Pareto/NBD they leave e^(δ·z) times as fast: β becomes β e^(-δ·z); under (M)BG/NBD the mean odds of
/// dropping out are e^(δ·z) times as high: a becomes a e^(δ·z).
/// </summary>
/// <param name="Baseline">The model of a customer whose covariates are all 0.</param>
/// <param name="Names">Names of the covariates.</param>
/// <param name="OnPurchases">γ, in the order of the names.</param>
/// <param name="OnDropout">δ, in the order of the names.</param>
public sealed record CovariateModel(
    ILifetimeModel Baseline, ImmutableArray<string> Names, ImmutableArray<double> OnPurchases, ImmutableArray<double> OnDropout)
{
    /// <summary>The model of a customer. Effects of zero give the baseline to the bit.</summary>
    /// <param name="covariates">Covariates, in the order of the names, finite.</param>
    /// <exception cref="ArgumentException">Their number is wrong, or one is not finite.</exception>
    public ILifetimeModel Of(IReadOnlyList<double> covariates)
    {
        if (covariates.Count != Names.Length || covariates.Any(z => !double.IsFinite(z)))
        {
            throw new ArgumentException($"{Names.Length} finite covariates are needed: {string.Join(", ", Names)}.", nameof(covariates));
        }

        var (purchases, dropout) = (Math.Exp(Dot(OnPurchases)), Math.Exp(Dot(OnDropout)));
        return Baseline switch
        {
            ParetoNbd p => p with { Alpha = p.Alpha / purchases, Beta = p.Beta / dropout },
            BetaGeometricNbd g => g with { Alpha = g.Alpha / purchases, A = g.A * dropout },
            _ => throw new ArgumentException($"{Baseline.Family} takes no covariates."),
        };

        double Dot(ImmutableArray<double> effects) => effects.Zip(covariates, (e, z) => e * z).Sum();
    }
}
