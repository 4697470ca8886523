using System.Collections.Immutable;

namespace ClvOrleans.Reports.Disclosure;

/// <summary>
/// Which cells of a table are not told where its totals are: small ones (primary suppression), and others without which these could be
/// computed from totals and cells (complementary suppression; Willenborg and de Waal, Elements of Statistical Disclosure Control, 2001,
/// chapter 4).
/// </summary>
public static class CellSuppression
{
    /// <summary>The cells of a table of two ways that are not told. Rows and columns that are small are totals together only.</summary>
    /// <param name="cells">All cells with their numbers of customers, those of nobody too.</param>
    /// <param name="smallest">How many customers are told of at least; 0 or 1 for any number.</param>
    public static IReadOnlySet<(TRow Row, TColumn Column)> Of<TRow, TColumn>(
        IReadOnlyCollection<KeyValuePair<(TRow Row, TColumn Column), long>> cells, int smallest)
        where TRow : notnull
        where TColumn : notnull
    {
        var (keys, counts) = (cells.Select(c => c.Key).ToArray(), cells.Select(c => c.Value).ToArray());
        var totals = Totals(keys, counts, k => k.Row, smallest).Concat(Totals(keys, counts, k => k.Column, smallest))
            .Append([.. Enumerable.Range(0, keys.Length)]);
        var told = Told(counts, [.. totals], smallest);
        return keys.Where((_, i) => !told[i]).ToHashSet();
    }

    /// <summary>Whether each cell is told.</summary>
    /// <param name="counts">The customers of each cell.</param>
    /// <param name="totals">The cells of each total, all of which are known: small ones hide nothing and must not be among them.</param>
    /// <param name="smallest">How many customers are told of at least.</param>
    public static bool[] Told(IReadOnlyList<long> counts, IReadOnlyList<ImmutableArray<int>> totals, int smallest)
    {
        bool[] told = [.. counts.Select(c => SmallGroups.MayTell(c, smallest))];
        while (FindFollowing(counts, totals, told, smallest) is { IsEmpty: false } following && told.Contains(true))
        {
            told[NextToHide(counts, totals, told, following)] = false;
        }

        // One by one some were hidden that are not needed any more with those that followed.
        foreach (var cell in Enumerable.Range(0, counts.Count).Where(c => !told[c] && SmallGroups.MayTell(counts[c], smallest))
            .OrderByDescending(c => counts[c]).ToArray())
        {
            told[cell] = true;
            told[cell] = FindFollowing(counts, totals, told, smallest).IsEmpty;
        }

        return told;
    }

    private static IEnumerable<ImmutableArray<int>> Totals<TKey, TWay>(
        TKey[] keys, long[] counts, Func<TKey, TWay> way, int smallest)
        where TWay : notnull
    {
        var ways = Enumerable.Range(0, keys.Length).GroupBy(i => way(keys[i])).ToArray();
        var small = SmallGroups.Of(ways.Select(w => KeyValuePair.Create(w.Key, w.Sum(i => counts[i]))), smallest);
        return ways.Where(w => !small.Contains(w.Key)).Select(w => w.ToImmutableArray())
            .Append([.. ways.Where(w => small.Contains(w.Key)).SelectMany(w => w)]);
    }

    // Cells that are few together and follow from what is told: the rest of a total, or one or two cells by any combination.
    private static ImmutableArray<int> FindFollowing(
        IReadOnlyList<long> counts, IReadOnlyList<ImmutableArray<int>> totals, bool[] told, int smallest)
    {
        foreach (ImmutableArray<int> rest in totals.Select(t => t.Where(c => !told[c]).ToImmutableArray()))
        {
            if (!SmallGroups.MayTell(rest.Sum(c => counts[c]), smallest))
            {
                return rest;
            }
        }

        var span = new LinearSpan(counts.Count);
        foreach (var total in totals)
        {
            span.Add([.. total.Where(c => !told[c])]);
        }

        int[] hidden = [.. Enumerable.Range(0, counts.Count).Where(c => !told[c] && counts[c] < smallest)];
        var sets = hidden.Select(a => ImmutableArray.Create(a))
            .Concat(hidden.SelectMany((a, i) => hidden.Skip(i + 1).Select(b => ImmutableArray.Create(a, b))));
        return sets.FirstOrDefault(s => !SmallGroups.MayTell(s.Sum(c => counts[c]), smallest) && span.Has(s), []);
    }

    // The one with the fewest customers beside them, and one of nobody only where there is no other.
    private static int NextToHide(
        IReadOnlyList<long> counts, IReadOnlyList<ImmutableArray<int>> totals, bool[] told, ImmutableArray<int> following)
    {
        var beside = totals.Where(t => t.Length < counts.Count && t.Any(following.Contains)).SelectMany(t => t).ToHashSet();
        return Enumerable.Range(0, counts.Count).Where(c => told[c])
            .OrderByDescending(c => counts[c] > 0).ThenByDescending(beside.Contains).ThenBy(c => counts[c]).First();
    }
}
