using System.Collections.Immutable;
using ClvOrleans.Model.Numerics;
using MathNet.Numerics;

namespace ClvOrleans.Model.Lifetime;

/// <summary>
/// BG/NBD: Poisson purchases with a gamma-mixed rate; after each repeat purchase the customer drops out with a beta-mixed
/// probability (Fader, Hardie and Lee 2005, "Counting Your Customers the Easy Way", Marketing Science 24(2)).
/// </summary>
/// <param name="R">r: shape of the purchase rate, &gt; 0.</param>
/// <param name="Alpha">α: rate of the purchase rate, in time units, &gt; 0.</param>
/// <param name="A">a: first parameter of the dropout probability, &gt; 0.</param>
/// <param name="B">b: second parameter of the dropout probability, &gt; 0.</param>
public sealed record BgNbd(double R, double Alpha, double A, double B) : ILifetimeModel
{
    /// <inheritdoc />
    public string Family => "bg-nbd";

    /// <inheritdoc />
    public ImmutableSortedDictionary<string, double> Parameters =>
        ImmutableSortedDictionary<string, double>.Empty.Add("r", R).Add("alpha", Alpha).Add("a", A).Add("b", B);

    /// <summary>ln L(r, α, a, b | x, t_x, T), equation 6 of the paper, in log space; -∞ for an impossible history.</summary>
    public double LogLikelihood(PurchaseHistory h)
    {
        if (!h.IsPossible)
        {
            return double.NegativeInfinity;
        }

        var x = h.Repeats;
        var common = SpecialFunctions.GammaLn(R + x) - SpecialFunctions.GammaLn(R) + (R * Math.Log(Alpha))
            + SpecialFunctions.GammaLn(A + B) + SpecialFunctions.GammaLn(B + x)
            - SpecialFunctions.GammaLn(B) - SpecialFunctions.GammaLn(A + B + x);
        return common - ((R + x) * Math.Log(Alpha + h.Observed)) + Softplus(LogOddsDead(h));
    }

    /// <summary>P(alive | x, t_x, T), in [0, 1]; 1 where x = 0, since dropout only follows a repeat purchase.</summary>
    public double ProbabilityAlive(PurchaseHistory h) => Math.Exp(-Softplus(LogOddsDead(h)));

    /// <summary>E[Y(t) | x, t_x, T]: expected purchases in the next <paramref name="horizon"/> time units (equation 10).</summary>
    public double ExpectedPurchases(PurchaseHistory h, double horizon)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(horizon);
        return ProbabilityAlive(h) * ExpectedWhileAlive(h.Repeats, Alpha + h.Observed, horizon);
    }

    /// <summary>E[X(t)]: expected repeat purchases of a brand-new customer in <paramref name="horizon"/> time units (equation 9).</summary>
    public double ExpectedPurchasesOfNewCustomer(double horizon) => ExpectedWhileAlive(0, Alpha, horizon);

    /// <inheritdoc />
    public double[] PurchaseProbabilities(PurchaseHistory h, double horizon, int limit)
    {
        // Given alive at T, the rate is gamma(r + x, α + T) and the dropout probability beta(a, b + x), independent of each other.
        var alive = ProbabilityAlive(h);
        var probabilities = new List<double>();
        var (rest, stays, reached) = (1.0, 1.0, 1.0);
        for (var n = 0; n < limit && rest > 1e-9; n++)
        {
            var count = NegativeBinomial.Probability(n, R + h.Repeats, Alpha + h.Observed, horizon);
            var drops = 0.0;
            if (n > 0)
            {
                var left = stays;
                stays *= (B + h.Repeats + n - 1) / (A + B + h.Repeats + n - 1);
                drops = (left - stays) * reached;
            }

            var p = (alive * ((stays * count) + drops)) + (n == 0 ? 1 - alive : 0);
            reached -= count;
            probabilities.Add(p);
            rest -= p;
        }

        return [.. probabilities];
    }

    private double ExpectedWhileAlive(double x, double alpha, double t)
    {
        var total = alpha + t;
        var c = A + B + x - 1;
        var log = ((R + x) * Math.Log(alpha / total)) + Hypergeometric.Log2F1(R + x, B + x, c, t / total);
        return c / (A - 1) * -double.ExpM1(log);
    }

    private double LogOddsDead(PurchaseHistory h) => h.Repeats == 0
        ? double.NegativeInfinity
        : Math.Log(A / (B + h.Repeats - 1)) + ((R + h.Repeats) * Math.Log((Alpha + h.Observed) / (Alpha + h.LastPurchase)));

    private static double Softplus(double v) => v > 0 ? v + double.LogP1(Math.Exp(-v)) : double.LogP1(Math.Exp(v));
}
