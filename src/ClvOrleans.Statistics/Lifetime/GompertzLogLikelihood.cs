using ClvOrleans.Statistics.Fitting;
using MathNet.Numerics;

namespace ClvOrleans.Statistics.Lifetime;

/// <summary>ln L of Gamma-Gompertz/NBD with its gradient by r, α, s, β, b, see <see cref="GompertzIntegral"/>.</summary>
internal sealed class GompertzLogLikelihood : ILogLikelihood
{
    /// <inheritdoc />
    public int Dimension => 5;

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
        var integral = new GompertzIntegral(r + key, alpha, s, beta, parameters[4]);
        Span<double> slopes = stackalloc double[5];
        var all = 0.0;
        for (var i = 0; i < first.Length; i++)
        {
            sums[0] += weight[i] * integral.Sum(first[i], second[i], slopes).Log;
            all += weight[i];
            for (var j = 0; j < slopes.Length; j++)
            {
                sums[j + 1] += weight[i] * slopes[j];
            }
        }

        sums[0] += all * (SpecialFunctions.GammaLn(r + key) - SpecialFunctions.GammaLn(r) + (r * Math.Log(alpha)) + (s * Math.Log(beta)));
        sums[1] += all * (SpecialFunctions.DiGamma(r + key) - SpecialFunctions.DiGamma(r) + Math.Log(alpha));
        sums[2] += all * r / alpha;
        sums[3] += all * Math.Log(beta);
        sums[4] += all * s / beta;
    }
}
