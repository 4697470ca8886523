using System.Numerics;
using System.Numerics.Tensors;

namespace ClvOrleans.Statistics.Neural.Training;

/// <summary>The Euclidean norm of a gradient, and its bound (Pascanu, Mikolov and Bengio 2013, arXiv 1211.5063, algorithm 1).</summary>
internal static class GradientNorm
{
    /// <summary>√Σ g², summed in order.</summary>
    public static double Of<T>(ReadOnlySpan<T> gradient)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var sum = 0.0;
        foreach (var g in gradient)
        {
            var value = double.CreateTruncating(g);
            sum += value * value;
        }

        return Math.Sqrt(sum);
    }

    /// <summary>Scales a gradient of this norm down to <paramref name="limit"/> where it is longer.</summary>
    public static void Shorten<T>(Span<T> gradient, double norm, double limit)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (norm > limit)
        {
            TensorPrimitives.Multiply(gradient, T.CreateTruncating(limit / norm), gradient);
        }
    }
}
