namespace ClvOrleans.Statistics.Numerics;

/// <summary>Sums of probabilities that are kept as logarithms.</summary>
internal static class LogSum
{
    /// <summary>ln(1 + e^v) without overflow.</summary>
    public static double Softplus(double v) => v > 0 ? v + NearZero.Log1p(Math.Exp(-v)) : NearZero.Log1p(Math.Exp(v));
}
