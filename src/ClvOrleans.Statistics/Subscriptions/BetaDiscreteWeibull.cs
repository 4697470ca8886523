using System.Collections.Immutable;
using ClvOrleans.Statistics.Numerics;

namespace ClvOrleans.Statistics.Subscriptions;

/// <summary>
/// Contracts that come up for renewal once a period. A customer has a probability θ, beta(α, β) among customers, not to renew the first
/// time, and renews t times with probability (1 - θ)^(t^c): the beta-discrete-Weibull (Fader, Hardie, Liu, Davin and Steenburgh 2018, "How
/// to Project Customer Retention Revisited", Journal of Interactive Marketing 43). With c = 1 θ stays what it is, and this is the
/// shifted-beta-geometric, sBG (Fader and Hardie 2007, "How to Project Customer Retention", the same journal, 21(1)). Retention rises with
/// age because who is likely to leave has left; c &gt; 1 says that each customer grows more likely to leave, c &lt; 1 less.
/// </summary>
/// <param name="Alpha">α: first parameter of θ, &gt; 0.</param>
/// <param name="Beta">β: second parameter of θ, &gt; 0.</param>
/// <param name="C">c: how the risk ages, &gt; 0; 1 is sBG.</param>
public sealed record BetaDiscreteWeibull(double Alpha, double Beta, double C = 1)
{
    /// <summary>"sbg" where c = 1, else "bdw".</summary>
    public string Family => C == 1 ? "sbg" : "bdw";

    /// <summary>Parameters by name; c only where it is not 1.</summary>
    public ImmutableSortedDictionary<string, double> Parameters
    {
        get
        {
            var two = ImmutableSortedDictionary<string, double>.Empty.Add("alpha", Alpha).Add("beta", Beta);
            return C == 1 ? two : two.Add("c", C);
        }
    }

    /// <summary>
    /// ln of P(T = renewals + 1) where the contract ended, else of S(renewals) (2007: equations 5 and 6); -∞ for a negative number.
    /// </summary>
    public double LogLikelihood(ContractHistory h) => h switch
    {
        { Renewals: < 0 } => double.NegativeInfinity,
        { Ended: false } => LogSurvival(h.Renewals),
        _ => LogSurvival(h.Renewals) + Math.Log(-NearZero.Expm1(LogSurvival(h.Renewals + 1) - LogSurvival(h.Renewals))),
    };

    /// <summary>
    /// S(renewals + periods) / S(renewals), 0 to 1: the probability that a contract that was renewed <paramref name="renewals"/> times is
    /// renewed the next <paramref name="periods"/> times too. S(t) = B(α, β + t^c) / B(α, β) (2007: equation 6).
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">A number is negative.</exception>
    public double Survival(int periods, int renewals = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(periods);
        ArgumentOutOfRangeException.ThrowIfNegative(renewals);
        return Math.Exp(LogSurvival((double)renewals + periods) - LogSurvival(renewals));
    }

    /// <summary>
    /// r(t) = S(t) / S(t - 1), 0 to 1: of those who come to their decision number <paramref name="decision"/>, the share that renews (2007:
    /// equation 8).
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="decision"/> is not positive.</exception>
    public double RetentionRate(int decision)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(decision);
        return Survival(1, decision - 1);
    }

    /// <summary>
    /// P(T = renewals + period | T &gt; renewals), 0 to 1: that the <paramref name="period"/>-th decision from now ends the contract (2007:
    /// equation 5).
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="period"/> is not positive or <paramref name="renewals"/> negative.
    /// </exception>
    public double ProbabilityOfEnding(int period, int renewals = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(period);
        var (before, end) = (Survival(period - 1, renewals), (double)renewals + period);
        return before == 0 ? 0 : -before * NearZero.Expm1(LogSurvival(end) - LogSurvival(end - 1));
    }

    /// <summary>
    /// Expected further renewals of a contract that was renewed <paramref name="renewals"/> times and runs, in periods: Σ S(t) /
    /// S(renewals) over t &gt; renewals, for sBG (β + renewals) / (α - 1). ∞ where α c ≤ 1, as it is for both cohorts of the 2007 paper: a
    /// few stay for ever.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="renewals"/> is negative.</exception>
    public double ExpectedResidualLifetime(int renewals = 0) => DiscountedResidualLifetime(renewals, 0);

    /// <summary>
    /// DERL: expected further renewals, discounted to the next decision, whose own renewal counts in full: Σ_{k≥1} S(renewals + k) /
    /// S(renewals) (1 + d)^(1-k) (Fader and Hardie 2010, "Customer-Base Valuation in a Contractual Setting", Marketing Science 29(1), whose
    /// n-th renewal decision comes after <paramref name="renewals"/> = n - 1). Times the margin of a period it is the residual value just
    /// before that decision; just after the last payment, one period earlier, it is worth 1 / (1 + d) of that.
    /// </summary>
    /// <param name="renewals">Renewals so far, at least 0.</param>
    /// <param name="rate">
    /// d: effective discount rate a period, at least 0; ∞ may come of 0, see <see cref="ExpectedResidualLifetime"/>.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">A number is negative, or the rate not finite.</exception>
    public double DiscountedResidualLifetime(int renewals, double rate)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(renewals);
        ArgumentOutOfRangeException.ThrowIfNegative(rate);
        ArgumentOutOfRangeException.ThrowIfEqual(double.IsFinite(rate), false, nameof(rate));
        return C == 1
            ? Survival(1, renewals) * DiscountedSurvival.Sum(Beta + renewals + 1, Alpha + Beta + renewals + 1, 1 / (1 + rate))
            : ResidualSum.Of(this, renewals, NearZero.Log1p(rate));
    }

    /// <summary>ln S(t) at any age t ≥ 0, between decisions too.</summary>
    internal double LogSurvival(double t) => RisingFactorial.Log(Beta, Alpha) - RisingFactorial.Log(Beta + Math.Pow(t, C), Alpha);

    /// <summary>-d ln S(t) / dt, at t &gt; 0.</summary>
    internal double Slope(double t)
    {
        var age = Math.Pow(t, C);
        return RisingFactorial.Slope(Beta + age, Alpha) * C * age / t;
    }
}
