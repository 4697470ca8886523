namespace ClvOrleans.Statistics.Numerics;

/// <summary>
/// Γ(y + a) / Γ(y), the rising power of y, for y &gt; 0 and a ≥ 0. The difference of two ln Γ loses what is left of it where y is large;
/// here y is first raised to 12 by the recurrence, and from there the difference of Stirling's series (DLMF 5.11.1) is taken term by term.
/// </summary>
internal static class RisingFactorial
{
    private const double Large = 12;

    /// <summary>ln (Γ(y + a) / Γ(y)), to the last digits.</summary>
    public static double Log(double y, double a)
    {
        var product = 1.0;
        for (; y < Large; y++)
        {
            product *= y / (y + a);
        }

        return double.IsPositiveInfinity(y)
            ? a * y
            : ((y + a - .5) * NearZero.Log1p(a / y)) + (a * (Math.Log(y) - 1)) + Series(y + a) - Series(y) + Math.Log(product);
    }

    /// <summary>ψ(y + a) - ψ(y), the derivative of that by y.</summary>
    public static double Slope(double y, double a)
    {
        var sum = 0.0;
        for (; y < Large; y++)
        {
            sum += a / (y * (y + a));
        }

        return NearZero.Log1p(a / y) + (a / (2 * y * (y + a))) + SeriesSlope(y + a) - SeriesSlope(y) + sum;
    }

    // Both to 10^-16 from y = 12 on.
    private static double Series(double y)
    {
        var s = 1 / (y * y);
        var tail = (1 / 1680.0) - (s * ((1 / 1188.0) - (s * 691 / 360_360)));
        return ((1 / 12.0) - (s * ((1 / 360.0) - (s * ((1 / 1260.0) - (s * tail)))))) / y;
    }

    private static double SeriesSlope(double y)
    {
        var s = 1 / (y * y);
        var tail = (1 / 240.0) - (s * ((1 / 132.0) - (s * 691 / 32_760)));
        return -s * ((1 / 12.0) - (s * ((1 / 120.0) - (s * ((1 / 252.0) - (s * tail))))));
    }
}
