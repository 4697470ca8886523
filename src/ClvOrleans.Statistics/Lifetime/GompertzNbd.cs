using System.Collections.Immutable;
using ClvOrleans.Statistics.Numerics;
using MathNet.Numerics;

namespace ClvOrleans.Statistics.Lifetime;

/// <summary>
/// Gamma-Gompertz/NBD: Poisson purchases with a gamma rate, and a lifetime whose hazard grows as e^(bτ) (Bemmaor and Glady 2012, "Modeling
/// Purchasing Behavior with Sudden 'Death'"): P(lifetime &gt; τ) = (β / (β + e^(bτ) - 1))^s. As b → 0 with β / b held it is Pareto/NBD of
/// scale β / b. Expectations are derived here from that survival: the printed one was wrong (Adler 2022).
/// </summary>
/// <param name="R">r: shape of the purchase rate, &gt; 0.</param>
/// <param name="Alpha">α: rate of the purchase rate, in weeks, &gt; 0.</param>
/// <param name="S">s: shape of the frailty, &gt; 0.</param>
/// <param name="Beta">β: rate of the frailty, without unit, &gt; 0.</param>
/// <param name="B">b: growth of the hazard a week, &gt; 0.</param>
public sealed record GompertzNbd(double R, double Alpha, double S, double Beta, double B) : ILifetimeModel
{
    // Beyond e^-40 nothing is left of a lifetime.
    private const double Fall = 40;

    /// <inheritdoc />
    public string Family => "ggom-nbd";

    /// <inheritdoc />
    public ImmutableSortedDictionary<string, double> Parameters => ImmutableSortedDictionary<string, double>.Empty
        .Add("r", R).Add("alpha", Alpha).Add("s", S).Add("beta", Beta).Add("b", B);

    /// <summary>
    /// ln L = ln Γ(r + x) / Γ(r) + r ln α + s ln β + ln [(α + T)^-(r+x) W(T)^-s + ∫ s b e^(bτ) (α + τ)^-(r+x) W(τ)^-(s+1) dτ] with
    /// W(τ) = β + e^(bτ) - 1 and τ from t_x to T; -∞ for an impossible history.
    /// </summary>
    public double LogLikelihood(PurchaseHistory h) => h.IsPossible
        ? SpecialFunctions.GammaLn(R + h.Repeats) - SpecialFunctions.GammaLn(R) + (R * Math.Log(Alpha)) + (S * Math.Log(Beta)) + Ways(h).Log
        : double.NegativeInfinity;

    /// <summary>P(alive | x, t_x, T): the share of being alive in the likelihood, in [0, 1].</summary>
    public double ProbabilityAlive(PurchaseHistory h) => Ways(h).Alive;

    /// <inheritdoc />
    public double TimeAtProbabilityAlive(PurchaseHistory h, double probability)
    {
        Silence.Check(h, probability);
        return Silence.TimeUntil(h, probability, ProbabilityAlive);
    }

    /// <summary>P(alive) (r + x) / (α + T) ∫ P(lifetime &gt; T + u | lifetime &gt; T) du.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The horizon is negative.</exception>
    public double ExpectedPurchases(PurchaseHistory h, double horizon) =>
        DiscountedPurchases(h, Math.Min(horizon, TimeLeft(h.Observed, Fall)), 0);

    /// <inheritdoc />
    public double DiscountedPurchases(PurchaseHistory h, double horizon, double rate)
    {
        var scale = Scale(h.Observed);
        return ProbabilityAlive(h) * (R + h.Repeats) / (Alpha + h.Observed) * Discounting.OfRate(
            u => Math.Exp(-S * LogGrowth(scale, u)), scale, Math.Min(horizon, TimeLeft(h.Observed, Fall)), rate);
    }

    /// <inheritdoc />
    public int PurchaseProbabilities(PurchaseHistory h, double horizon, Span<double> probabilities)
    {
        var scale = Scale(h.Observed);
        return CountsUntilDropout.Fill(
            R + h.Repeats,
            Alpha + h.Observed,
            S,
            ProbabilityAlive(h),
            horizon,
            LogGrowth(scale, horizon),
            y => NearZero.Log1p(B * scale * NearZero.Expm1(y)) / B,
            probabilities);
    }

    private (double Log, double Alive) Ways(PurchaseHistory h) =>
        new GompertzIntegral(R + h.Repeats, Alpha, S, Beta, B).Sum(h.LastPurchase, h.Observed, []);

    // W(T + u) = W(T) + e^(bT) (e^(bu) - 1) = W(T) (1 + (e^(bu) - 1) / (b scale)): as Pareto with this scale, on the clock (e^(bu) - 1) /
    // b.
    private double Scale(double observed) => ((Beta * Math.Exp(-B * observed)) - NearZero.Expm1(-B * observed)) / B;

    // ln W(T + u) / W(T).
    private double LogGrowth(double scale, double u) => B * u < 30
        ? NearZero.Log1p(NearZero.Expm1(B * u) / (B * scale))
        : (B * u) - Math.Log(B * scale) + NearZero.Log1p(((B * scale) - 1) * Math.Exp(-B * u));

    // The time within which survival falls by e^-fall.
    private double TimeLeft(double observed, double fall)
    {
        var (y, scaled) = (fall / S, B * Scale(observed));
        return (y > 600 ? y + Math.Log(scaled) : NearZero.Log1p(scaled * NearZero.Expm1(y))) / B;
    }
}
