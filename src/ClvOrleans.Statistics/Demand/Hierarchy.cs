using System.Collections.Immutable;

namespace ClvOrleans.Statistics.Demand;

/// <summary>Series that add up: sums of parts, then the parts themselves.</summary>
public sealed class Hierarchy
{
    /// <summary>
    /// A hierarchy. <exception cref="ArgumentException">There is no part, or a sum names one that there is not.</exception>
    /// </summary>
    /// <param name="parts">How many series are sums of nothing else.</param>
    /// <param name="sums">Of each sum, the numbers of its parts, each once.</param>
    public Hierarchy(int parts, IEnumerable<IEnumerable<int>> sums)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(parts, 1);
        Parts = parts;
        Sums = [.. sums.Select(s => s.Order().ToImmutableArray())];
        foreach (var sum in Sums)
        {
            if (sum.IsEmpty || sum[0] < 0 || sum[^1] >= parts || sum.Distinct().Count() < sum.Length)
            {
                throw new ArgumentException($"sums: a sum has parts of 0 to {parts - 1}, each once.", nameof(sums));
            }
        }
    }

    /// <summary>How many parts.</summary>
    public int Parts { get; }

    /// <summary>Of each sum, its parts in ascending order.</summary>
    public ImmutableArray<ImmutableArray<int>> Sums { get; }

    /// <summary>How many series: sums and parts.</summary>
    public int Count => Sums.Length + Parts;

    /// <summary>All series of given parts: the sums, then the parts.</summary>
    public double[] Add(ReadOnlySpan<double> parts)
    {
        var all = new double[Count];
        for (var s = 0; s < Sums.Length; s++)
        {
            foreach (var part in Sums[s])
            {
                all[s] += parts[part];
            }
        }

        parts[..Parts].CopyTo(all.AsSpan(Sums.Length));
        return all;
    }
}
