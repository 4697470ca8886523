using System.Collections.Immutable;

namespace ClvOrleans.Valuation.Levels;

/// <summary>How long a cohort has bought: calendar months since that of the first purchase, in groups that widen.</summary>
public static class CustomerAge
{
    /// <summary>The first month of each group.</summary>
    public static ImmutableArray<int> Starts { get; } = [0, 1, 2, 3, 4, 6, 9, 12, 18, 24, 36, 48, 60, 84];

    /// <summary>A month in the middle of each group.</summary>
    public static ImmutableArray<double> Middles { get; } = [.3, 1, 2, 3, 4.5, 7, 10, 14.5, 20.5, 29.5, 41.5, 53.5, 71.5, 100];

    /// <summary>The group of an age in months, at least 0.</summary>
    public static int GroupOf(int months)
    {
        var group = 0;
        while (group + 1 < Starts.Length && months >= Starts[group + 1])
        {
            group++;
        }

        return group;
    }
}
