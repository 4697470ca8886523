using System.Numerics;
using ClvOrleans.Statistics.Neural.Layers;

namespace ClvOrleans.Tests;

/// <summary>Seeded numbers for tests of networks.</summary>
internal static class Numbers
{
    /// <summary>Uniform in [-1, 1).</summary>
    public static T[] Uniform<T>(int count, ulong seed)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        [.. Enumerable.Range(0, count).Select(new Noise(seed).Symmetric<T>)];

    /// <summary>Standard normal (Box and Muller 1958).</summary>
    public static double Normal(this Noise noise, int n)
    {
        var u = (noise.Symmetric<double>(2 * n) + 1) / 2;
        return Math.Sqrt(-2 * Math.Log(1 - u)) * Math.Cos(Math.PI * noise.Symmetric<double>((2 * n) + 1));
    }
}
