using MathNet.Numerics;
using MathNet.Numerics.Distributions;

namespace ClvOrleans.Statistics.Experiments;

/// <summary>Tails and critical values of the normal, t and chi-square distributions, and the checks of levels.</summary>
internal static class Significance
{
    /// <summary>An error rate must lie between 0 and 1.</summary>
    public static double Checked(double alpha, string name = "alpha") => alpha > 0 && alpha < 1
        ? alpha
        : throw new ArgumentOutOfRangeException(name, alpha, "It must be above 0 and below 1.");

    /// <summary>Φ(-z), with all digits in the tail.</summary>
    public static double UpperNormal(double z) => SpecialFunctions.Erfc(z / Constants.Sqrt2) / 2;

    /// <summary>The z that is exceeded with this probability.</summary>
    public static double CriticalNormal(double tail) => -Normal.InvCDF(0, 1, tail);

    /// <summary>P(T &gt; t); infinite degrees of freedom are the normal distribution.</summary>
    public static double UpperT(double t, double freedom) =>
        double.IsPositiveInfinity(freedom) ? UpperNormal(t) : StudentT.CDF(0, 1, freedom, -t);

    /// <summary>The t that is exceeded with this probability.</summary>
    public static double CriticalT(double tail, double freedom) =>
        double.IsPositiveInfinity(freedom) ? CriticalNormal(tail) : -StudentT.InvCDF(0, 1, freedom, tail);

    /// <summary>P(χ² &gt; x).</summary>
    public static double UpperChiSquare(double x, int freedom) => freedom == 0 || x <= 0
        ? 1
        : double.IsPositiveInfinity(x) ? 0 : SpecialFunctions.GammaUpperRegularized(freedom / 2.0, x / 2);

    /// <summary>The p-value of a statistic of which large values speak for "greater".</summary>
    public static double PValue(double t, double freedom, Alternative alternative) => alternative switch
    {
        Alternative.Greater => UpperT(t, freedom),
        Alternative.Less => UpperT(-t, freedom),
        _ => Math.Min(1, 2 * UpperT(Math.Abs(t), freedom)),
    };

    /// <summary>Probability in one tail of an interval.</summary>
    public static double Tail(double alpha, Alternative alternative) => alternative == Alternative.TwoSided ? alpha / 2 : alpha;

    /// <summary>Two bounds, or the one that the alternative asks for.</summary>
    public static ConfidenceInterval Bounds(double lower, double upper, Alternative alternative) => new(
        alternative == Alternative.Less ? double.NegativeInfinity : lower,
        alternative == Alternative.Greater ? double.PositiveInfinity : upper);
}
