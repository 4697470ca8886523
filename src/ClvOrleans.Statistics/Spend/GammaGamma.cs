using System.Collections.Immutable;
using MathNet.Numerics;

namespace ClvOrleans.Statistics.Spend;

/// <summary>
/// Gamma-Gamma: the value of a purchase is gamma(p, ν) within a customer, ν is gamma(q, v) between them (Fader and Hardie 2013,
/// "The Gamma-Gamma Model of Monetary Value"). Spend counts repeat purchases only, in any unit of money.
/// </summary>
/// <param name="P">p: shape within customers, &gt; 0.</param>
/// <param name="Q">q: shape between customers; the population mean exists where q &gt; 1.</param>
/// <param name="V">v: scale between customers, in units of money, &gt; 0.</param>
public sealed record GammaGamma(double P, double Q, double V)
{
    /// <summary>Parameters by name.</summary>
    public ImmutableSortedDictionary<string, double> Parameters =>
        ImmutableSortedDictionary<string, double>.Empty.Add("p", P).Add("q", Q).Add("v", V);

    /// <summary>E[Z]: mean value of a purchase in the population, p v / (q - 1).</summary>
    public double PopulationMean => Q > 1 ? P * V / (Q - 1) : double.PositiveInfinity;

    /// <summary>
    /// ln L of a customer with <paramref name="x"/> &gt; 0 purchases of mean value <paramref name="mean"/> &gt; 0 (equation 1a).
    /// </summary>
    public double LogLikelihood(double x, double mean)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(x);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(mean);
        return SpecialFunctions.GammaLn((P * x) + Q) - SpecialFunctions.GammaLn(P * x) - SpecialFunctions.GammaLn(Q)
            + (Q * Math.Log(V)) + (((P * x) - 1) * Math.Log(mean)) + (P * x * Math.Log(x))
            - (((P * x) + Q) * Math.Log(V + (x * mean)));
    }

    /// <summary>E[Z | x, m]: expected value of a purchase of this customer (equation 5); the population's where x = 0.</summary>
    public double ExpectedSpend(double x, double mean) => x == 0 ? PopulationMean : P * (V + (x * mean)) / ((P * x) + Q - 1);

    /// <summary>
    /// P(sum of <paramref name="n"/> purchases ≤ <paramref name="spend"/> | x, m): their ratio to the scale is beta-prime.
    /// </summary>
    public double ProbabilityOfSpendUpTo(double spend, int n, double x, double mean)
    {
        if (n == 0 || spend <= 0)
        {
            return n == 0 ? 1 : 0;
        }

        var scale = V + (x * mean);
        return SpecialFunctions.BetaRegularized(P * n, (P * x) + Q, spend / (spend + scale));
    }
}
