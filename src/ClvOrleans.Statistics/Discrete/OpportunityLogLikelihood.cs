using ClvOrleans.Statistics.Fitting;
using ClvOrleans.Statistics.Numerics;

namespace ClvOrleans.Statistics.Discrete;

/// <summary>
/// ln L of BG/BB with its gradient by α, β, γ, δ. A customer who is silent since t_x is alive, or dropped out after one of the
/// opportunities t_x ... n - 1; each of these ways follows from the next by a product of positive factors. The sum runs from the end
/// backward, so that one pass serves all customers of equal x and n.
/// </summary>
internal sealed class OpportunityLogLikelihood : ILogLikelihood
{
    private const double Large = 1e250;
    private static readonly double LogLarge = Math.Log(Large);

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
        for (var end = first.Length; end > 0;)
        {
            var start = end - 1;
            while (start > 0 && first[start - 1] == first[end - 1])
            {
                start--;
            }

            AddRun(parameters, key, first[start], second[start..end], weight[start..end], sums);
            end = start;
        }
    }

    private static void AddRun(
        ReadOnlySpan<double> parameters, double x, double n, ReadOnlySpan<double> last, ReadOnlySpan<double> weight, Span<double> sums)
    {
        var (alpha, beta, gamma, delta) = (parameters[0], parameters[1], parameters[2], parameters[3]);
        var (both, life) = (alpha + beta, gamma + delta);

        // All relative to the way of who is alive at n, which therefore counts 1; by... are derivatives.
        var (sum, byAlpha, byBeta, byGamma, byDelta) = (1.0, 0.0, 0.0, 0.0, 0.0);
        var (way, offset) = (gamma / (life + n), 0.0);
        var (logByAlpha, logByBeta, logByGamma, logByDelta) = (0.0, 0.0, (1 / gamma) - (1 / (life + n)), -1 / (life + n));
        var (total, value) = (0.0, 0.0);
        var j = n - 1;
        for (var i = last.Length - 1; i >= 0; i--)
        {
            for (; j >= last[i]; j--)
            {
                way *= (both + j) / (beta - x + j) * ((life + j + 1) / (delta + j));
                logByAlpha += 1 / (both + j);
                logByBeta += (1 / (both + j)) - (1 / (beta - x + j));
                logByGamma += 1 / (life + j + 1);
                logByDelta += (1 / (life + j + 1)) - (1 / (delta + j));
                sum += way;
                byAlpha += way * logByAlpha;
                byBeta += way * logByBeta;
                byGamma += way * logByGamma;
                byDelta += way * logByDelta;
                if (way > Large)
                {
                    (way, sum, offset) = (way / Large, sum / Large, offset + LogLarge);
                    (byAlpha, byBeta, byGamma, byDelta) = (byAlpha / Large, byBeta / Large, byGamma / Large, byDelta / Large);
                }
            }

            var part = weight[i] / sum;
            total += weight[i];
            value += weight[i] * (offset + Math.Log(sum));
            sums[1] += part * byAlpha;
            sums[2] += part * byBeta;
            sums[3] += part * byGamma;
            sums[4] += part * byDelta;
        }

        var alive = RisingFactorial.Log(alpha, x) + RisingFactorial.Log(beta, n - x) - RisingFactorial.Log(both, n)
            + RisingFactorial.Log(delta, n) - RisingFactorial.Log(life, n);
        var (slopeBoth, slopeLife) = (RisingFactorial.Slope(both, n), RisingFactorial.Slope(life, n));
        sums[0] += value + (total * alive);
        sums[1] += total * (RisingFactorial.Slope(alpha, x) - slopeBoth);
        sums[2] += total * (RisingFactorial.Slope(beta, n - x) - slopeBoth);
        sums[3] -= total * slopeLife;
        sums[4] += total * (RisingFactorial.Slope(delta, n) - slopeLife);
    }
}
