using MathNet.Numerics;
using MathNet.Numerics.Integration;

namespace ClvOrleans.Statistics.Tests;

/// <summary>Means over gamma rates and integrals over time by plain rules: the story of a model, without its formulas.</summary>
internal static class Mixtures
{
    private const double Step = .05;

    /// <summary>E[f(y)], y ~ gamma(shape, rate), by the trapezoidal rule in ln y.</summary>
    public static double MeanOver(double shape, double rate, Func<double, double> f)
    {
        var (sum, constant) = (0.0, (shape * Math.Log(rate)) - SpecialFunctions.GammaLn(shape));
        for (var u = -100.0; u < 12; u += Step)
        {
            var value = f(Math.Exp(u));
            sum += value == 0 ? 0 : value * Math.Exp(constant + (shape * u) - (rate * Math.Exp(u)));
        }

        return sum * Step;
    }

    /// <summary>∫ f by Gauss-Legendre, in pieces that become longer away from the start, where integrands change fastest.</summary>
    public static double Integral(double from, double to, Func<double, double> f)
    {
        const int Pieces = 12;
        var sum = 0.0;
        for (var i = 0; i < Pieces && to > from; i++)
        {
            sum += GaussLegendreRule.Integrate(f, At(i), At(i + 1), 20);
        }

        return sum;

        double At(int i) => from + ((to - from) * Math.Pow(i / (double)Pieces, 3));
    }
}
