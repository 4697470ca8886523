using System.Numerics;

namespace ClvOrleans.Statistics.Neural.Layers;

/// <summary>
/// Random numbers by position instead of by turn: the n-th number of a seed is a hash of both (SplitMix64; Steele, Lea and Flood
/// 2014), so that the order in which threads ask cannot matter.
/// </summary>
/// <param name="Seed">Names the sequence.</param>
public readonly record struct Noise(ulong Seed)
{
    /// <summary>The n-th number: 64 uniform bits.</summary>
    public ulong Bits(ulong n)
    {
        var z = Seed + ((n + 1) * 0x9E3779B97F4A7C15);
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>The n-th number, uniform in [-1, 1).</summary>
    public T Symmetric<T>(int n)
        where T : IBinaryFloatingPointIeee754<T> => T.CreateTruncating(((Bits((ulong)n) >> 40) / (double)(1 << 23)) - 1);

    /// <summary>A sequence of its own for part n.</summary>
    public Noise Part(int n) => new(Bits(ulong.MaxValue - (ulong)n));

    /// <summary>Puts the items in random order.</summary>
    public void Shuffle(Span<int> items)
    {
        for (var i = items.Length - 1; i > 0; i--)
        {
            // The upper half of the product is uniform over 0..i to within 2^-32.
            var j = (int)Math.BigMul(Bits((ulong)i), (ulong)i + 1, out _);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }
}
