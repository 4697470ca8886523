using System.Numerics;

namespace ClvOrleans.Statistics.Neural.Layers;

/// <summary>
/// Starting weights uniform in ±√(6 / (fan in + fan out)) (Glorot and Bengio 2010, "Understanding the difficulty of training deep
/// feedforward neural networks", equation 16).
/// </summary>
internal static class Glorot
{
    public static void Fill<T>(Span<T> weights, int fanIn, int fanOut, Noise noise)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var limit = T.CreateTruncating(Math.Sqrt(6.0 / (fanIn + fanOut)));
        for (var i = 0; i < weights.Length; i++)
        {
            weights[i] = limit * noise.Symmetric<T>(i);
        }
    }
}
