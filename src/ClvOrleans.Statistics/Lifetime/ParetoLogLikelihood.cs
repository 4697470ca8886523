using System.Runtime.Intrinsics;
using ClvOrleans.Statistics.Fitting;
using ClvOrleans.Statistics.Numerics;
using MathNet.Numerics;

namespace ClvOrleans.Statistics.Lifetime;

/// <summary>
/// ln L of Pareto/NBD with its gradient by r, α, s, β. Instead of two hypergeometric series a customer costs one Gauss-Legendre rule for
/// ∫ s (α + τ)^-(r+x) (β + τ)^-(s+1) dτ over the time of silence, see <see cref="SilenceIntegral"/>.
/// </summary>
internal sealed class ParetoLogLikelihood : ILogLikelihood
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
        var (r, alpha, s, beta) = (parameters[0], parameters[1], parameters[2], parameters[3]);
        var integral = new SilenceIntegral(r + key, alpha, s, beta);
        var rule = integral.RuleFor(first, second);
        var (value, byShape, byAlpha) = (Vector256<double>.Zero, Vector256<double>.Zero, Vector256<double>.Zero);
        var (byS, byBeta, total) = (Vector256<double>.Zero, Vector256<double>.Zero, Vector256<double>.Zero);
        for (var i = 0; i < first.Length; i += Lanes.Width)
        {
            var w = Lanes.Load(weight, i, 0);
            var row = integral.Gradient(Lanes.Load(first, i, 0), Lanes.Load(second, i, 0), rule);
            value += w * row.Log;
            byShape += w * row.ByShape;
            byAlpha += w * row.ByAlpha;
            byS += w * row.ByS;
            byBeta += w * row.ByBeta;
            total += w;
        }

        var all = Vector256.Sum(total);
        var constant = SpecialFunctions.GammaLn(r + key) - SpecialFunctions.GammaLn(r) + (r * Math.Log(alpha)) + (s * Math.Log(beta));
        sums[0] += Vector256.Sum(value) + (all * constant);
        sums[1] += Vector256.Sum(byShape) + (all * (SpecialFunctions.DiGamma(r + key) - SpecialFunctions.DiGamma(r) + Math.Log(alpha)));
        sums[2] += Vector256.Sum(byAlpha) + (all * r / alpha);
        sums[3] += Vector256.Sum(byS) + (all * Math.Log(beta));
        sums[4] += Vector256.Sum(byBeta) + (all * s / beta);
    }
}
