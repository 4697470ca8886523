namespace ClvOrleans.Training.Validation.Metrics;

/// <summary>How well predictions order customers; their level does not matter. Ties are averaged.</summary>
public static class Ranking
{
    /// <summary>
    /// Normalised Gini: (2 Σ G_i / n - 1) of the predicted order over that of the true one, where G_i is the share of the actual sum that
    /// the first i customers hold (Wang, Liu and Miao 2019). 1 is perfect, 0 is chance. Null without a positive actual sum.
    /// </summary>
    public static double? NormalisedGini(ReadOnlySpan<double> predicted, ReadOnlySpan<double> actual) =>
        Gini(TieGroup.Of(actual, actual)) is > 0 and var best ? Gini(TieGroup.Of(predicted, actual)) / best : null;

    /// <summary>Spearman's ρ: the correlation of the mean ranks. Null where all predictions, or all actual values, are equal.</summary>
    public static double? Spearman(ReadOnlySpan<double> predicted, ReadOnlySpan<double> actual)
    {
        var (a, b) = (MeanRanks(predicted), MeanRanks(actual));
        var middle = (a.Length + 1) / 2.0;
        var (ab, aa, bb) = (0.0, 0.0, 0.0);
        for (var i = 0; i < a.Length; i++)
        {
            ab += (a[i] - middle) * (b[i] - middle);
            aa += (a[i] - middle) * (a[i] - middle);
            bb += (b[i] - middle) * (b[i] - middle);
        }

        return aa > 0 && bb > 0 ? ab / Math.Sqrt(aa * bb) : null;
    }

    /// <summary>
    /// Share of the actual sum that the first <paramref name="part"/> of the customers hold. Null without a positive actual sum.
    /// </summary>
    public static double? ShareOfTop(ReadOnlySpan<double> predicted, ReadOnlySpan<double> actual, double part) =>
        SharesOfTop(predicted, actual, [part])[0];

    /// <summary>The same for several parts, which rise.</summary>
    public static double?[] SharesOfTop(ReadOnlySpan<double> predicted, ReadOnlySpan<double> actual, ReadOnlySpan<double> parts)
    {
        var groups = TieGroup.Of(predicted, actual);
        var total = groups.Sum(g => g.Actual);
        var shares = new double?[parts.Length];
        var (at, customers, held) = (0, 0.0, 0.0);
        for (var i = 0; i < parts.Length; i++)
        {
            var wanted = parts[i] * actual.Length;
            while (at < groups.Count && customers + groups[at].Count <= wanted)
            {
                customers += groups[at].Count;
                held += groups[at++].Actual;
            }

            var part = at < groups.Count ? groups[at].Actual * (wanted - customers) / groups[at].Count : 0;
            shares[i] = total > 0 ? (held + part) / total : null;
        }

        return shares;
    }

    /// <summary>
    /// Area under the ROC curve: the probability that one who bought again is put above one who did not, ties counting half. Null where
    /// all or none did.
    /// </summary>
    public static double? Auc(ReadOnlySpan<double> score, ReadOnlySpan<bool> hit)
    {
        var ranks = MeanRanks(score);
        var (hits, sum) = (0L, 0.0);
        for (var i = 0; i < ranks.Length; i++)
        {
            (hits, sum) = hit[i] ? (hits + 1, sum + ranks[i]) : (hits, sum);
        }

        var misses = ranks.Length - hits;
        return hits > 0 && misses > 0 ? (sum - (hits * (hits + 1) / 2.0)) / hits / misses : null;
    }

    private static double Gini(List<TieGroup> groups)
    {
        var (customers, total) = (groups.Sum(g => (long)g.Count), groups.Sum(g => g.Actual));
        var (before, area) = (0.0, 0.0);
        foreach (var group in groups)
        {
            area += (group.Count * before) + (group.Actual * (group.Count + 1) / 2);
            before += group.Actual;
        }

        return total > 0 ? (2 * area / total / customers) - 1 : 0;
    }

    /// <summary>Ranks from 1, the least first; the mean of their places for those that are equal.</summary>
    public static double[] MeanRanks(ReadOnlySpan<double> values)
    {
        var (sorted, places) = (values.ToArray(), new int[values.Length]);
        for (var i = 0; i < places.Length; i++)
        {
            places[i] = i;
        }

        Array.Sort(sorted, places);
        var ranks = new double[sorted.Length];
        for (var start = 0; start < sorted.Length;)
        {
            var end = start + 1;
            while (end < sorted.Length && sorted[end] == sorted[start])
            {
                end++;
            }

            for (var i = start; i < end; i++)
            {
                ranks[places[i]] = (start + end + 1) / 2.0;
            }

            start = end;
        }

        return ranks;
    }
}
