using ClvOrleans.Statistics.Fitting;
using ClvOrleans.Statistics.Numerics;

namespace ClvOrleans.Statistics.Subscriptions;

/// <summary>
/// ln L of sBG with its gradient by α, β, or of BdW with that by c too. The key is 1 for ended, the first column the number of decisions.
/// </summary>
internal sealed class ContractLogLikelihood(bool aging) : ILogLikelihood
{
    /// <inheritdoc />
    public int Dimension => aging ? 3 : 2;

    /// <inheritdoc />
    public void Add(
        ReadOnlySpan<double> parameters,
        double key,
        ReadOnlySpan<double> first,
        ReadOnlySpan<double> second,
        ReadOnlySpan<double> weight,
        Span<double> sums)
    {
        var (alpha, beta, c) = (parameters[0], parameters[1], aging ? parameters[2] : 1);
        for (var i = 0; i < first.Length; i++)
        {
            var row = Survival(alpha, beta, c, first[i]);
            if (key == 1)
            {
                // ln(S(t - 1) - S(t)) = ln S(t - 1) + ln(1 - e^fall).
                var before = Survival(alpha, beta, c, first[i] - 1);
                var fall = row.Log - before.Log;
                var share = 1 / NearZero.Expm1(-fall);
                row = (
                    before.Log + Math.Log(-NearZero.Expm1(fall)),
                    before.ByAlpha - (share * (row.ByAlpha - before.ByAlpha)),
                    before.ByBeta - (share * (row.ByBeta - before.ByBeta)),
                    before.ByC - (share * (row.ByC - before.ByC)));
            }

            sums[0] += weight[i] * row.Log;
            sums[1] += weight[i] * row.ByAlpha;
            sums[2] += weight[i] * row.ByBeta;
            if (aging)
            {
                sums[3] += weight[i] * row.ByC;
            }
        }
    }

    private static (double Log, double ByAlpha, double ByBeta, double ByC) Survival(double alpha, double beta, double c, double t)
    {
        if (t == 0)
        {
            return (0, 0, 0, 0);
        }

        var age = Math.Pow(t, c);
        var slope = RisingFactorial.Slope(beta + age, alpha);
        return (
            RisingFactorial.Log(beta, alpha) - RisingFactorial.Log(beta + age, alpha),
            -RisingFactorial.Slope(alpha + beta, age),
            RisingFactorial.Slope(beta, alpha) - slope,
            -slope * age * Math.Log(t));
    }
}
