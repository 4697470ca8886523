using MathNet.Numerics;

namespace ClvOrleans.Model.Numerics;

/// <summary>Γ(y + a) / Γ(y), the rising power of y (DLMF 5.2.5 for whole a).</summary>
internal static class RisingPower
{
    /// <summary>
    /// ln (Γ(y + a) / Γ(y)) for y &gt; 0, a ≥ 0. Where y is large the difference of two logarithms of Γ would lose what is left of it; there it
    /// is the difference of Stirling's series (DLMF 5.11.1), taken term by term.
    /// </summary>
    public static double Log(double y, double a) => y < 12
        ? SpecialFunctions.GammaLn(y + a) - SpecialFunctions.GammaLn(y)
        : ((y + a - .5) * double.LogP1(a / y)) + (a * (Math.Log(y) - 1)) + Correction(y + a) - Correction(y);

    // Below 10^-15 from y = 12 on.
    private static double Correction(double y)
    {
        var square = 1 / (y * y);
        return ((1 / 12.0) - (square * ((1 / 360.0) - (square * ((1 / 1260.0) - (square * ((1 / 1680.0) - (square / 1188)))))))) / y;
    }
}
