using System.Runtime.Intrinsics;
using ClvOrleans.Statistics.Fitting;
using ClvOrleans.Statistics.Numerics;
using MathNet.Numerics;

namespace ClvOrleans.Statistics.Spend;

/// <summary>ln L of Gamma-Gamma with its gradient by p, q, v. The key is x, the first column the total spend x m.</summary>
internal sealed class GammaGammaLogLikelihood : ILogLikelihood
{
    /// <inheritdoc />
    public int Dimension => 3;

    /// <inheritdoc />
    public void Add(
        ReadOnlySpan<double> parameters,
        double key,
        ReadOnlySpan<double> first,
        ReadOnlySpan<double> second,
        ReadOnlySpan<double> weight,
        Span<double> sums)
    {
        var (p, q, v) = (parameters[0], parameters[1], parameters[2]);
        var (logs, logScales, over, total) =
            (Vector256<double>.Zero, Vector256<double>.Zero, Vector256<double>.Zero, Vector256<double>.Zero);
        for (var i = 0; i < first.Length; i += Lanes.Width)
        {
            var (spend, w) = (Lanes.Load(first, i, 1), Lanes.Load(weight, i, 0));
            var scale = Vector256.Create(v) + spend;
            logs += w * Vector256.Log(spend);
            logScales += w * Vector256.Log(scale);
            over += w / scale;
            total += w;
        }

        // With S = x m the density of m is x S^(px - 1) v^q / (v + S)^(px + q) / B(px, q).
        var (n, logS, logScale) = (Vector256.Sum(total), Vector256.Sum(logs), Vector256.Sum(logScales));
        var (a, psi) = (p * key, SpecialFunctions.DiGamma((p * key) + q));
        var log = SpecialFunctions.GammaLn(a + q) - SpecialFunctions.GammaLn(a) - SpecialFunctions.GammaLn(q);
        sums[0] += (n * (log + (q * Math.Log(v)) + Math.Log(key)))
            + ((a - 1) * logS) - ((a + q) * logScale);
        sums[1] += key * ((n * (psi - SpecialFunctions.DiGamma(a))) + logS - logScale);
        sums[2] += (n * (psi - SpecialFunctions.DiGamma(q) + Math.Log(v))) - logScale;
        sums[3] += (n * q / v) - ((a + q) * Vector256.Sum(over));
    }
}
