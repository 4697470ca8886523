using System.Collections.Immutable;
using ClvOrleans.Statistics.Numerics;
using MathNet.Numerics;

namespace ClvOrleans.Statistics.Lifetime;

/// <summary>
/// Gamma-mixed purchase rate, beta-mixed dropout after purchases. Four families of the literature in one:
/// BG/NBD (Fader, Hardie and Lee 2005, "Counting Your Customers the Easy Way", Marketing Science 24(2)): k = 1, dropout after each repeat
/// purchase; MBG/NBD (Batislam, Denizel and Filiztekin 2007; Hoppe and Wagner 2007): also after the first purchase, so that one-time
/// buyers can be gone; (M)BG/CNBD-k (Platzer and Reutterer 2016; Reutterer, Platzer and Schröder 2021): the time between purchases is
/// Erlang-k, for customers who buy at a regular pace.
/// </summary>
/// <param name="R">r: shape of the rate, &gt; 0.</param>
/// <param name="Alpha">α: rate of the rate, in units of time, &gt; 0.</param>
/// <param name="A">a: first parameter of the dropout probability, &gt; 0.</param>
/// <param name="B">b: second parameter of the dropout probability, &gt; 0.</param>
/// <param name="K">k: hidden Poisson steps from one purchase to the next, 1 to <see cref="MostSteps"/>.</param>
/// <param name="DropsAtFirst">Whether the first purchase can be the last.</param>
public sealed record BetaGeometricNbd(double R, double Alpha, double A, double B, int K = 1, bool DropsAtFirst = false) : ILifetimeModel
{
    /// <summary>Greatest k that is tried.</summary>
    public const int MostSteps = 12;

    /// <inheritdoc />
    public string Family => (DropsAtFirst, K) switch
    {
        (false, 1) => "bg-nbd",
        (true, 1) => "mbg-nbd",
        (false, _) => "bg-cnbd-k",
        (true, _) => "mbg-cnbd-k",
    };

    /// <inheritdoc />
    public ImmutableSortedDictionary<string, double> Parameters
    {
        get
        {
            var four = ImmutableSortedDictionary<string, double>.Empty.Add("r", R).Add("alpha", Alpha).Add("a", A).Add("b", B);
            return K == 1 ? four : four.Add("k", K);
        }
    }

    /// <summary>
    /// ln L = ln Γ(r + kx) / Γ(r) + r ln α + ln B(a, b + n) / B(a, b) - (r + kx) ln(α + T) + ln[W + a / (b + n - 1) ((α + T) / (α +
    /// t_x))^(r+kx)] with n the chances to drop out that were not taken and W the probability weight of fewer than k steps since (equation
    /// 6 of the BG/NBD paper for k = 1); -∞ for an impossible history.
    /// </summary>
    public double LogLikelihood(PurchaseHistory h)
    {
        if (!h.IsPossible)
        {
            return double.NegativeInfinity;
        }

        var (shape, chances) = (Shape(h), Chances(h));
        return SpecialFunctions.GammaLn(shape) - SpecialFunctions.GammaLn(R) + (R * Math.Log(Alpha))
            + SpecialFunctions.GammaLn(A + B) + SpecialFunctions.GammaLn(B + chances)
            - SpecialFunctions.GammaLn(B) - SpecialFunctions.GammaLn(A + B + chances)
            + ((K - 1) * h.LogGaps) - (h.Repeats * SpecialFunctions.GammaLn(K))
            - (shape * Math.Log(Alpha + h.Observed)) + Math.Log(Waiting(h)) + LogSum.Softplus(LogOddsDead(h));
    }

    /// <summary>P(alive | x, t_x, T), in [0, 1]; 1 where there was no chance to drop out, as for one-time buyers in BG/NBD.</summary>
    public double ProbabilityAlive(PurchaseHistory h) => Math.Exp(-LogSum.Softplus(LogOddsDead(h)));

    /// <inheritdoc />
    /// <remarks>
    /// For k = 1 P(alive) solved for T (Fader, Hardie and Lee 2008, "Computing P(alive) Using the BG/NBD Model"):
    /// T* = (α + t_x) [(1/p - 1) (b + n - 1) / a]^(1/(r+x)) - α. By search for k &gt; 1.
    /// </remarks>
    public double TimeAtProbabilityAlive(PurchaseHistory h, double probability)
    {
        Silence.Check(h, probability);
        if (Chances(h) == 0)
        {
            return double.PositiveInfinity;
        }

        if (K > 1)
        {
            return Silence.TimeUntil(h, probability, ProbabilityAlive);
        }

        var odds = ((1 / probability) - 1) * (B + Chances(h) - 1) / A;
        return odds <= 1 ? h.LastPurchase : Math.Max(h.LastPurchase, ((Alpha + h.LastPurchase) * Math.Pow(odds, 1 / Shape(h))) - Alpha);
    }

    /// <inheritdoc />
    /// <remarks>
    /// Closed form for k = 1 (equation 10 of the BG/NBD paper). An exact sum over the count where there is none: for k &gt; 1, and where
    /// a + b + n ≤ 1 puts the hypergeometric function on its poles.
    /// </remarks>
    public double ExpectedPurchases(PurchaseHistory h, double horizon)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(horizon);
        var alive = ProbabilityAlive(h);
        return alive == 0 || horizon == 0 ? 0
            : K > 1 || A + B + Chances(h) < 1 + 1e-3 ? alive * ExpectedSteps(h, horizon)
            : Math.Abs(A - 1) > 1e-4 ? alive * ExpectedWhileAlive(A, h, horizon)
            : alive * (ExpectedWhileAlive(1 - 1e-4, h, horizon) + ExpectedWhileAlive(1 + 1e-4, h, horizon)) / 2;
    }

    /// <inheritdoc />
    public double DiscountedPurchases(PurchaseHistory h, double horizon, double rate) =>
        Discounting.ByParts(u => ExpectedPurchases(h, u), Alpha + h.Observed, horizon, rate);

    /// <inheritdoc />
    public int PurchaseProbabilities(PurchaseHistory h, double horizon, Span<double> probabilities)
    {
        var written = Counts(h, horizon, probabilities);
        var alive = ProbabilityAlive(h);
        var (stays, reached, rest) = (1.0, 1.0, 1.0);
        for (var n = 0; n < written; n++)
        {
            var count = probabilities[n];
            var drops = 0.0;
            if (n > 0)
            {
                var left = stays;
                stays *= Stay(h, n);
                drops = (left - stays) * reached;
            }

            probabilities[n] = (alive * ((stays * count) + drops)) + (n == 0 ? 1 - alive : 0);
            reached -= count;
            rest -= probabilities[n];
            if (rest < 1e-9)
            {
                return n + 1;
            }
        }

        return written;
    }

    // Purchases that a customer would make who is alive and never drops out. Of the k steps to the next purchase, j are done with
    // probability in the proportion of (c)_j / j! q^j, and the rate is then gamma(c + j, α + T).
    private int Counts(PurchaseHistory h, double horizon, Span<double> counts)
    {
        if (K == 1)
        {
            return NegativeBinomial.Fill(Shape(h), Alpha + h.Observed, horizon, 1e-10, counts);
        }

        counts.Clear();
        var steps = new double[(counts.Length * K) + K];
        var total = Waiting(h);
        var (term, written) = (1.0, 1);
        for (var j = 0; j < K; j++)
        {
            var filled = NegativeBinomial.Fill(Shape(h) + j, Alpha + h.Observed, horizon, 1e-10, steps);
            for (var m = 0; m < filled && (j + m) / K < counts.Length; m++)
            {
                counts[(j + m) / K] += term / total * steps[m];
                written = Math.Max(written, ((j + m) / K) + 1);
            }

            term *= (Shape(h) + j) / (j + 1) * SilentPart(h);
        }

        return written;
    }

    // E = Σ_n P(not dropped out in n - 1 purchases) P(n purchases would be reached).
    private double ExpectedSteps(PurchaseHistory h, double horizon)
    {
        var (mean, shape) = ((Shape(h) + K) * horizon / (Alpha + h.Observed) / K, Shape(h));
        var deviation = Math.Sqrt((mean + (mean * mean / shape)) + 1);
        var counts = new double[(int)Math.Min(20_000, 20 + mean + (30 * deviation))];
        var written = Counts(h, horizon, counts);
        var (sum, stays, reached) = (0.0, 1.0, 1.0);
        for (var n = 1; n <= written; n++)
        {
            reached -= counts[n - 1];
            sum += stays * Math.Max(0, reached);
            stays *= Stay(h, n);
        }

        return sum;
    }

    private double ExpectedWhileAlive(double a, PurchaseHistory h, double t)
    {
        var (shape, chances, total) = (Shape(h), Chances(h), Alpha + h.Observed + t);
        var c = a + B + chances - 1;
        var log = (shape * Math.Log((Alpha + h.Observed) / total))
            + Hypergeometric.Log2F1(shape, B + chances, c, Hypergeometric.BelowOne(t / total));
        return c / (a - 1) * -NearZero.Expm1(log);
    }

    private double Shape(PurchaseHistory h) => R + (K * h.Repeats);

    // Chances to drop out that were not taken.
    private double Chances(PurchaseHistory h) => h.Repeats + (DropsAtFirst ? 1 : 0);

    private double Stay(PurchaseHistory h, int n) => (B + Chances(h) + n - 1) / (A + B + Chances(h) + n - 1);

    private double SilentPart(PurchaseHistory h) => (h.Observed - h.LastPurchase) / (Alpha + h.Observed);

    // Σ_{j<k} (c)_j / j! q^j: fewer than k steps since the last purchase.
    private double Waiting(PurchaseHistory h)
    {
        var (sum, term) = (1.0, 1.0);
        for (var j = 1; j < K; j++)
        {
            term *= (Shape(h) + j - 1) / j * SilentPart(h);
            sum += term;
        }

        return sum;
    }

    private double LogOddsDead(PurchaseHistory h) => Chances(h) == 0
        ? double.NegativeInfinity
        : Math.Log(A / (B + Chances(h) - 1)) + (Shape(h) * Math.Log((Alpha + h.Observed) / (Alpha + h.LastPurchase)))
            - Math.Log(Waiting(h));
}
