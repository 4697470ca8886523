using System.Collections.Immutable;
using ClvOrleans.Statistics.Numerics;
using MathNet.Numerics;

namespace ClvOrleans.Statistics.Lifetime;

/// <summary>
/// Pareto/NBD: Poisson purchases and an exponential lifetime, both rates gamma-mixed (Schmittlein, Morrison and Colombo 1987;
/// formulas as in Fader and Hardie 2005, "A Note on Deriving the Pareto/NBD Model").
/// </summary>
/// <param name="R">r: shape of the purchase rate, &gt; 0.</param>
/// <param name="Alpha">α: rate of the purchase rate, in weeks, &gt; 0.</param>
/// <param name="S">s: shape of the dropout rate, &gt; 0.</param>
/// <param name="Beta">β: rate of the dropout rate, in weeks, &gt; 0.</param>
public sealed record ParetoNbd(double R, double Alpha, double S, double Beta) : ILifetimeModel
{
    /// <inheritdoc />
    public string Family => "pareto-nbd";

    /// <inheritdoc />
    public ImmutableSortedDictionary<string, double> Parameters =>
        ImmutableSortedDictionary<string, double>.Empty.Add("r", R).Add("alpha", Alpha).Add("s", S).Add("beta", Beta);

    /// <summary>
    /// ln L(r, α, s, β | x, t_x, T) = ln Γ(r + x) / Γ(r) + r ln α + s ln β + ln [(α + T)^-(r+x) (β + T)^-s + s / (r + s + x) A₀], A₀ by two
    /// hypergeometric functions (Fader and Hardie 2005, equation 18); -∞ for an impossible history.
    /// </summary>
    public double LogLikelihood(PurchaseHistory h)
    {
        if (!h.IsPossible)
        {
            return double.NegativeInfinity;
        }

        return SpecialFunctions.GammaLn(R + h.Repeats) - SpecialFunctions.GammaLn(R)
            + (R * Math.Log(Alpha)) + (S * Math.Log(Beta))
            + LogAlive(h) + LogSum.Softplus(LogOddsDead(h));
    }

    /// <summary>P(alive | x, t_x, T) = 1 / (1 + s / (r + s + x) (α + T)^(r+x) (β + T)^s A₀), in [0, 1].</summary>
    public double ProbabilityAlive(PurchaseHistory h) => Math.Exp(-LogSum.Softplus(LogOddsDead(h)));

    /// <inheritdoc />
    public double TimeAtProbabilityAlive(PurchaseHistory h, double probability)
    {
        Silence.Check(h, probability);
        return Silence.TimeUntil(h, probability, ProbabilityAlive);
    }

    /// <summary>
    /// E[Y(t) | x, t_x, T] = P(alive) (r + x) (β + T) / ((α + T) (s - 1)) [1 - ((β + T) / (β + T + t))^(s-1)], with its limit at s = 1.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The horizon is negative.</exception>
    public double ExpectedPurchases(PurchaseHistory h, double horizon)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(horizon);
        return ProbabilityAlive(h) * (R + h.Repeats) / (Alpha + h.Observed) * ExpectedLifetime(Beta + h.Observed, horizon);
    }

    /// <summary>
    /// P(alive) (r + x) / (α + T) ∫ e^(-δu) ((β + T) / (β + T + u))^s du; over an infinite horizon DERT (Fader, Hardie and Lee 2005).
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Horizon or rate is negative, or the horizon is infinite without a rate.</exception>
    public double DiscountedPurchases(PurchaseHistory h, double horizon, double rate)
    {
        var left = Beta + h.Observed;
        return ProbabilityAlive(h) * (R + h.Repeats) / (Alpha + h.Observed)
            * Discounting.OfRate(u => Math.Pow(left / (left + u), S), left, horizon, rate);
    }

    /// <inheritdoc />
    public int PurchaseProbabilities(PurchaseHistory h, double horizon, Span<double> probabilities)
    {
        // The time left has survival ((β + T) / (β + T + u))^s.
        var left = Beta + h.Observed;
        return CountsUntilDropout.Fill(
            R + h.Repeats,
            Alpha + h.Observed,
            S,
            ProbabilityAlive(h),
            horizon,
            NearZero.Log1p(horizon / left),
            y => left * NearZero.Expm1(y),
            probabilities);
    }

    // E[min(lifetime, t)] where the lifetime is Pareto(s, scale); the limit at s = 1 is a logarithm.
    private double ExpectedLifetime(double scale, double t)
    {
        var log = Math.Log(scale / (scale + t));
        return Math.Abs(S - 1) < 1e-9 ? -scale * log : -scale * NearZero.Expm1((S - 1) * log) / (S - 1);
    }

    private double LogAlive(PurchaseHistory h) =>
        -((R + h.Repeats) * Math.Log(Alpha + h.Observed)) - (S * Math.Log(Beta + h.Observed));

    // ln of s / (r + s + x) (α + T)^{r+x} (β + T)^s A_0.
    private double LogOddsDead(PurchaseHistory h)
    {
        var total = R + S + h.Repeats;
        var (scale, b) = Alpha >= Beta ? (Alpha, S + 1) : (Beta, R + h.Repeats);
        var gap = Math.Abs(Alpha - Beta);
        var atLast = Term(h.LastPurchase);
        var atEnd = Term(h.Observed);
        return atLast <= atEnd
            ? double.NegativeInfinity
            : Math.Log(S / total) - LogAlive(h) + atLast + NearZero.Log1p(-Math.Exp(atEnd - atLast));

        double Term(double t) => Hypergeometric.Log2F1(total, b, total + 1, gap / (scale + t)) - (total * Math.Log(scale + t));
    }
}
