namespace ClvOrleans.Recommendations.Backtests;

/// <summary>
/// What anyone could recommend. Global top: the products of the most baskets, of equal ones the first by number. Ties among a customer's
/// own products go to the one that stands first in the history, as in the published figures, or to the one that more baskets of the store
/// hold ("by popularity"): a stronger baseline.
/// </summary>
internal sealed class Baselines(IReadOnlyList<int[][]> histories, int products, int length)
{
    private readonly int[] _counts = CountsOf(histories, products);

    /// <summary>Every baseline, by name.</summary>
    public IEnumerable<(string Name, int[][] Lists)> All()
    {
        var sold = Enumerable.Range(0, products).Where(p => _counts[p] > 0);
        int[] global = [.. sold.OrderByDescending(p => _counts[p]).ThenBy(p => p).Take(length)];
        yield return ("global top", Each(_ => []));
        yield return ("personal top", Own(PersonalTop));
        yield return ("personal + global", Each(PersonalTop));
        yield return ("personal by popularity + global", Each(PersonalByPopularity));
        yield return ("last basket", Own(h => h[^1]));
        yield return ("last basket + global", Each(h => h[^1]));
        yield return ("last bought", Own(LastBought));
        yield return ("last bought + global", Each(LastBought));
        yield return ("recency-weighted + global", Each(RecencyWeighted));

        int[][] Own(Func<int[][], IEnumerable<int>> ranked) => [.. histories.Select(h => ranked(h).Take(length).ToArray())];
        int[][] Each(Func<int[][], IEnumerable<int>> ranked) =>
            [.. histories.Select(h => ranked(h).Concat(global).Distinct().Take(length).ToArray())];
    }

    private static IEnumerable<int> LastBought(int[][] history) => history.Reverse().SelectMany(b => b).Distinct();

    private static IEnumerable<int> PersonalTop(int[][] history) =>
        history.SelectMany(b => b).CountBy(p => p).OrderByDescending(c => c.Value).Select(c => c.Key);

    private static IEnumerable<int> RecencyWeighted(int[][] history) => history
        .SelectMany((b, i) => b.Select(p => (Product: p, Weight: Math.Pow(.7, history.Length - 1 - i))))
        .AggregateBy(e => e.Product, 0.0, (sum, e) => sum + e.Weight).OrderByDescending(e => e.Value).Select(e => e.Key);

    private IEnumerable<int> PersonalByPopularity(int[][] history) => history.SelectMany(b => b).CountBy(p => p)
        .OrderByDescending(c => c.Value).ThenByDescending(c => _counts[c.Key]).ThenBy(c => c.Key).Select(c => c.Key);

    private static int[] CountsOf(IReadOnlyList<int[][]> histories, int products)
    {
        var counts = new int[products];
        foreach (var product in histories.SelectMany(h => h).SelectMany(b => b))
        {
            counts[product]++;
        }

        return counts;
    }
}
