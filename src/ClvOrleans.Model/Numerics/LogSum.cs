namespace ClvOrleans.Model.Numerics;

/// <summary>Sums of probabilities that are kept as logarithms.</summary>
internal static class LogSum
{
    /// <summary>ln(1 + e^v) without overflow.</summary>
    public static double Softplus(double v) => v > 0 ? v + double.LogP1(Math.Exp(-v)) : double.LogP1(Math.Exp(v));
}
