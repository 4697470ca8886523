using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using ClvOrleans.Statistics.Fitting;
using ClvOrleans.Statistics.Numerics;
using MathNet.Numerics;

namespace ClvOrleans.Statistics.Lifetime;

/// <summary>
/// ln L of BG/NBD and its kin (see <see cref="BetaGeometricNbd"/>) with its gradient by r, α, a, b. What depends on x alone is computed
/// once a stretch of equal x; a customer costs two logarithms and an exponential.
/// </summary>
internal sealed class BetaGeometricLogLikelihood(int k, bool dropsAtFirst) : ILogLikelihood
{
    /// <inheritdoc />
    public int Dimension => 4;

    /// <inheritdoc />
    public void Add(
        ReadOnlySpan<double> parameters,
        double key,
        ReadOnlySpan<double> first,
        ReadOnlySpan<double> second,
        ReadOnlySpan<double> weight,
        Span<double> sums)
    {
        var (r, alpha, a, b) = (parameters[0], parameters[1], parameters[2], parameters[3]);
        var chances = key + (dropsAtFirst ? 1 : 0);
        var shape = r + (k * key);
        var odds = chances > 0 ? Math.Log(a / (b + chances - 1)) : double.NegativeInfinity;
        var (value, byShape, byAlpha, dead, total) = Rows(shape, alpha, odds, first, second, weight);

        var constant = SpecialFunctions.GammaLn(shape) - SpecialFunctions.GammaLn(r) + (r * Math.Log(alpha))
            + SpecialFunctions.GammaLn(a + b) + SpecialFunctions.GammaLn(b + chances)
            - SpecialFunctions.GammaLn(b) - SpecialFunctions.GammaLn(a + b + chances)
            - (key * SpecialFunctions.GammaLn(k));
        var psi = SpecialFunctions.DiGamma(a + b) - SpecialFunctions.DiGamma(a + b + chances);
        sums[0] += value + (total * constant);
        sums[1] += byShape + (total * (SpecialFunctions.DiGamma(shape) - SpecialFunctions.DiGamma(r) + Math.Log(alpha)));
        sums[2] += byAlpha + (total * r / alpha);
        sums[3] += (dead / a) + (total * psi);
        sums[4] += (total * (psi + SpecialFunctions.DiGamma(b + chances) - SpecialFunctions.DiGamma(b)))
            - (chances > 0 ? dead / (b + chances - 1) : 0);
    }

    // A fit is over before the runtime would have found this worth optimising.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private (double Value, double ByShape, double ByAlpha, double Dead, double Total) Rows(
        double shape, double alpha, double odds, ReadOnlySpan<double> last, ReadOnlySpan<double> observed, ReadOnlySpan<double> weight)
    {
        var (value, byShape, byAlpha) = (Vector256<double>.Zero, Vector256<double>.Zero, Vector256<double>.Zero);
        var (dead, total) = (Vector256<double>.Zero, Vector256<double>.Zero);
        var (c, scale) = (Vector256.Create(shape), Vector256.Create(alpha));
        var canDie = double.IsFinite(odds);
        for (var i = 0; i < last.Length; i += Lanes.Width)
        {
            var (t, end, w) = (Lanes.Load(last, i, 0), Lanes.Load(observed, i, 0), Lanes.Load(weight, i, 0));
            var atEnd = scale + end;
            var logEnd = Vector256.Log(atEnd);
            var alive = -c * logEnd;
            var (aliveByShape, aliveByAlpha) = (-logEnd, -c / atEnd);
            if (k > 1)
            {
                var (log, logByShape, logByAlpha) = Waiting(shape, (end - t) / atEnd, atEnd);
                alive += log;
                aliveByShape += logByShape;
                aliveByAlpha += logByAlpha;
            }

            if (canDie)
            {
                var atLast = scale + t;
                var logLast = Vector256.Log(atLast);
                var u = Vector256.Create(odds) - (c * logLast) - alive;
                var p = Lanes.Logistic(u);
                var one = Vector256<double>.One - p;
                value += w * (alive + Lanes.Softplus(u));
                byShape += w * ((one * aliveByShape) - (p * logLast));
                byAlpha += w * ((one * aliveByAlpha) - (p * c / atLast));
                dead += w * p;
            }
            else
            {
                value += w * alive;
                byShape += w * aliveByShape;
                byAlpha += w * aliveByAlpha;
            }

            total += w;
        }

        return (Vector256.Sum(value), Vector256.Sum(byShape), Vector256.Sum(byAlpha), Vector256.Sum(dead), Vector256.Sum(total));
    }

    // ln Σ_{j<k} (c)_j / j! q^j, q = (T - t_x) / (α + T): fewer than k hidden steps since the last purchase. With its derivatives.
    private (Vector256<double> Log, Vector256<double> ByShape, Vector256<double> ByAlpha) Waiting(
        double shape, Vector256<double> q, Vector256<double> atEnd)
    {
        var (term, sum) = (Vector256<double>.One, Vector256<double>.One);
        var (byShape, byQ) = (Vector256<double>.Zero, Vector256<double>.Zero);
        var harmonic = 0.0;
        for (var j = 1; j < k; j++)
        {
            harmonic += 1 / (shape + j - 1);
            byQ += term * (shape + j - 1);
            term *= q * ((shape + j - 1) / j);
            sum += term;
            byShape += term * harmonic;
        }

        return (Vector256.Log(sum), byShape / sum, -(byQ * q) / (sum * atEnd));
    }
}
