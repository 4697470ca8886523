using ClvOrleans.Valuation.Clusters;

namespace ClvOrleans.Training.Segments;

/// <summary>Finds clusters of an earlier training again.</summary>
internal static class ClusterMatch
{
    /// <summary>
    /// For each new middle the former cluster that it is, or null: the two are nearest to each other, of all. A pair that is sure is so
    /// whatever becomes of the rest. The assignment with the least sum of distances (Kuhn 1955) would also pair what is left over, a
    /// cluster that vanished with one that arose elsewhere, and would break up a sure pair for it.
    /// </summary>
    /// <param name="middles">The new middles.</param>
    /// <param name="former">The former middles, on the same scale.</param>
    public static int?[] Of(IReadOnlyList<double[]> middles, IReadOnlyList<double[]> former) =>
    [
        .. middles.Select((middle, i) => former.Count > 0 && KMeans.Nearest(former, middle).Cluster is var known
            && KMeans.Nearest(middles, former[known]).Cluster == i ? known : (int?)null),
    ];

    /// <summary>The middles of some clusters on the scale of the rows of another training.</summary>
    public static double[][] Rescale(Clustering clustering, ClusterRows rows) =>
    [
        .. clustering.Clusters.Select(c => rows.Scale(
            [.. c.Centroid.Select((value, f) => clustering.Means[f] + (value * clustering.Deviations[f]))])),
    ];
}
