using MathNet.Numerics;

namespace ClvOrleans.Model.Numerics;

/// <summary>Counts of a Poisson process over a time u whose rate is gamma(shape, rate): the NBD.</summary>
internal static class NegativeBinomial
{
    /// <summary>P(N(u) = n).</summary>
    public static double Probability(int n, double shape, double rate, double u) => u <= 0
        ? (n == 0 ? 1 : 0)
        : Math.Exp(
            SpecialFunctions.GammaLn(shape + n) - SpecialFunctions.GammaLn(shape) - SpecialFunctions.GammaLn(n + 1)
            + (shape * Math.Log(rate / (rate + u))) + (n * Math.Log(u / (rate + u))));
}
