using System.Collections.Immutable;

namespace ClvOrleans.Training.Backtests.Reports;

/// <summary>Whether two lines have the same points.</summary>
internal sealed class SameValues : IEqualityComparer<ImmutableArray<double>>
{
    public static SameValues Instance { get; } = new();

    public bool Equals(ImmutableArray<double> x, ImmutableArray<double> y) => x.AsSpan().SequenceEqual(y.AsSpan());

    public int GetHashCode(ImmutableArray<double> values)
    {
        var hash = default(HashCode);
        foreach (var value in values)
        {
            hash.Add(value);
        }

        return hash.ToHashCode();
    }
}
