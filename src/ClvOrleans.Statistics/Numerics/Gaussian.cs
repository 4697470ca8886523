using System.Runtime.Intrinsics;

namespace ClvOrleans.Statistics.Numerics;

/// <summary>The standard normal distribution, fast.</summary>
internal static class Gaussian
{
    /// <summary>Φ(z) to 7.5 10^-8 (Abramowitz and Stegun 26.2.17).</summary>
    public static Vector256<double> Cumulative(Vector256<double> z)
    {
        var size = Vector256.Abs(z);
        var t = Vector256<double>.One / (Vector256<double>.One + (size * .2316419));
        var sum = t * (Vector256.Create(.319381530) + (t * (Vector256.Create(-.356563782) + (t * (Vector256.Create(1.781477937)
            + (t * (Vector256.Create(-1.821255978) + (t * 1.330274429))))))));
        var tail = sum * Vector256.Exp(size * size * -.5) * .3989422804014327;
        return Vector256.ConditionalSelect(Vector256.GreaterThan(z, Vector256<double>.Zero), Vector256<double>.One - tail, tail);
    }

    /// <summary>Φ⁻¹(p) for 0 &lt; p &lt; 1, to 1.2 10^-9 relative (Acklam 2003).</summary>
    public static double Quantile(double p)
    {
        const double Low = .02425;
        if (p < Low)
        {
            return Tail(Math.Sqrt(-2 * Math.Log(p)));
        }

        if (p > 1 - Low)
        {
            return -Tail(Math.Sqrt(-2 * Math.Log(1 - p)));
        }

        var q = p - .5;
        var r = q * q;
        return ((((((((((-3.969683028665376e+01 * r) + 2.209460984245205e+02) * r) - 2.759285104469687e+02) * r)
            + 1.383577518672690e+02) * r)
                - 3.066479806614716e+01) * r) + 2.506628277459239e+00) * q
            / (((((((((-5.447609879822406e+01 * r) + 1.615858368580409e+02) * r) - 1.556989798598866e+02) * r) + 6.680131188771972e+01) * r
                - 1.328068155288572e+01) * r) + 1);
    }

    private static double Tail(double q) =>
        ((((((((((-7.784894002430293e-03 * q) - 3.223964580411365e-01) * q) - 2.400758277161838e+00) * q) - 2.549732539343734e+00) * q)
            + 4.374664141464968e+00) * q) + 2.938163982698783e+00)
        / ((((((((7.784695709041462e-03 * q) + 3.224671290700398e-01) * q) + 2.445134137142996e+00) * q) + 3.754408661907416e+00) * q) + 1);
}
