using System.Collections.Immutable;
using ClvOrleans.Training.Histories;

namespace ClvOrleans.Training.Backtests.Reports;

/// <summary>Buyers in groups, so that a bias that hides in the total is seen.</summary>
public static class Groups
{
    private const int MostRepeats = 7;

    /// <summary>The group of a number of repeat purchases: 0 to 6, and 7 for all above, as in the published tables.</summary>
    public static int ByFrequency(double repeats) => (int)Math.Min(MostRepeats, repeats);

    /// <summary>Means of each group; NaN where it is empty.</summary>
    /// <param name="groups">The group of each customer, 0 to <paramref name="count"/> - 1.</param>
    /// <param name="values">The value of each customer.</param>
    /// <param name="count">Number of groups.</param>
    public static ImmutableArray<double> Means(IReadOnlyList<int> groups, IReadOnlyList<double> values, int count)
    {
        var (sums, sizes) = (new double[count], new int[count]);
        for (var i = 0; i < groups.Count; i++)
        {
            sums[groups[i]] += values[i];
            sizes[groups[i]]++;
        }

        return [.. sums.Zip(sizes, (sum, size) => sum / size)];
    }

    /// <summary>Months of the first purchase, or quarters or years where there are more than 18; with the group of each buyer.</summary>
    internal static (ImmutableArray<string> Names, int[] Groups) ByCohort(StoreHistory past)
    {
        var days = past.Buyers.Select(c => c.FirstPurchase).ToList();
        Func<DateOnly, string>[] names = [d => $"{d:yyyy-MM}", d => $"{d.Year} Q{((d.Month - 1) / 3) + 1}", d => $"{d.Year}"];
        var name = names.FirstOrDefault(n => days.Select(n).Distinct().Count() <= 18) ?? names[^1];
        var cohorts = days.Select(name).Distinct().Order(StringComparer.Ordinal).ToImmutableArray();
        return (cohorts, [.. days.Select(d => cohorts.IndexOf(name(d)))]);
    }
}
