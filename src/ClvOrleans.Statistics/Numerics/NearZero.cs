namespace ClvOrleans.Statistics.Numerics;

/// <summary>
/// ln(1 + x) and e^x - 1 with all digits where x is near 0, by Kahan's quotient. double.LogP1 and double.ExpM1 are Log(x + 1) and Exp(x) -
/// 1, which lose them, and MathNet's Expm1 is good to 10^-7 only.
/// </summary>
internal static class NearZero
{
    /// <summary>ln(1 + x), x &gt; -1.</summary>
    public static double Log1p(double x)
    {
        var u = 1 + x;
        return u == 1 || double.IsPositiveInfinity(u) ? x : Math.Log(u) * (x / (u - 1));
    }

    /// <summary>e^x - 1.</summary>
    public static double Expm1(double x)
    {
        var u = Math.Exp(x);
        var difference = u - 1;
        return u == 1 ? x : difference == -1 || double.IsPositiveInfinity(u) ? difference : difference * (x / Math.Log(u));
    }
}
