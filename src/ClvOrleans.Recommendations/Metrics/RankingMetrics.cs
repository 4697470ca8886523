namespace ClvOrleans.Recommendations.Metrics;

/// <summary>
/// Recall, NDCG and hit rate of the first k products of each list, as "A Next Basket Recommendation Reality Check" defines them (Li et
/// al., TOIS 2023, arXiv 2109.14233). A list ranks products one after the other: whoever made it has decided ties.
/// </summary>
public static class RankingMetrics
{
    /// <summary>Scores lists against what was bought next.</summary>
    /// <param name="lists">Of each customer the recommended products, the best first, each once.</param>
    /// <param name="next">Of each customer the distinct products of the next basket.</param>
    /// <param name="known">Of each customer the products bought before.</param>
    /// <param name="k">How many of each list count.</param>
    public static RankingScore Score(
        IReadOnlyList<int[]> lists, IReadOnlyList<IReadOnlySet<int>> next, IReadOnlyList<IReadOnlySet<int>> known, int k)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        var judged = Enumerable.Range(0, lists.Count).Where(c => next[c].Count > 0).ToList();
        double[] Of(Func<int, double> value) => [.. judged.Select(value)];
        var recall = Of(c => Share(lists[c], next[c], k, _ => true));
        var repeat = Of(c => Share(lists[c], next[c], k, known[c].Contains));
        return new(
            judged.Count, Mean(recall), Mean(Of(c => Ndcg(lists[c], next[c], k))),
            Mean(Of(c => lists[c].Take(k).Any(next[c].Contains) ? 1 : 0)),
            Mean(repeat), Mean(Of(c => Share(lists[c], next[c], k, i => !known[c].Contains(i)))));
    }

    private static double Share(int[] list, IReadOnlySet<int> next, int k, Func<int, bool> counts) =>
        list.Take(k).Count(i => next.Contains(i) && counts(i)) / (double)next.Count;

    private static double Ndcg(int[] list, IReadOnlySet<int> next, int k)
    {
        var (gain, ideal) = (0.0, 0.0);
        for (var i = 0; i < k; i++)
        {
            gain += i < list.Length && next.Contains(list[i]) ? 1 / Math.Log2(i + 2) : 0;
            ideal += i < next.Count ? 1 / Math.Log2(i + 2) : 0;
        }

        return gain / ideal;
    }

    private static double Mean(double[] values)
    {
        Array.Sort(values);
        return values.Length == 0 ? 0 : values.Sum() / values.Length;
    }
}
