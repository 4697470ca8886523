using System.Collections.Immutable;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Valuation.Clusters;
using static System.FormattableString;

namespace ClvOrleans.Training.Segments;

/// <summary>
/// Finds the clusters of a store: k-means for each number of clusters, of which the silhouette chooses. Those of the training before are
/// kept as they are, with all members, while they part the buyers as well.
/// </summary>
internal static class ClusterFit
{
    /// <summary>Of fewer buyers no clusters are looked for.</summary>
    public const int LeastCustomers = 100;

    /// <summary>Up to this mean width a silhouette shows no structure (Kaufman and Rousseeuw 1990, table 4).</summary>
    public const double NoStructure = .25;

    /// <summary>By how much wider the silhouette of new clusters must be before they replace the former ones.</summary>
    public const double Gain = .02;

    private const int FewestClusters = 2;
    private const int MostClusters = 8;
    private const int Seed = 1;

    // A cluster of a handful is an outlier, whatever its silhouette.
    private const double LeastShare = .01;
    private const int LeastMembers = 10;

    // A fifth of the way between the two middles that are nearest to each other: one leaves after three fifths of the way.
    private const double MarginShare = .2;

    private const int MostFitted = 10_000;
    private const int MostJudged = 2_000;

    /// <summary>The clusters of those who have bought.</summary>
    /// <param name="buyers">Who has bought by the day.</param>
    /// <param name="day">The last day of the data.</param>
    /// <param name="former">The clusters that the store has; null where it never had any.</param>
    /// <param name="cancellation">Stops between fits.</param>
    public static Clustering Of(
        IReadOnlyCollection<CustomerSummary> buyers, DateOnly day, Clustering? former = null, CancellationToken cancellation = default)
    {
        var lastId = former?.LastId ?? 0;
        if (buyers.Count < LeastCustomers)
        {
            return Clustering.None(Invariant($"{buyers.Count:N0} customers have bought, and clusters need {LeastCustomers}."), lastId);
        }

        var rows = ClusterRows.Of(buyers, day);
        var judged = rows.Sample(MostJudged);
        double[][] sample = [.. judged.Select(i => rows.Points[i])];
        var kept = former is { Clusters.IsEmpty: false } ? WidthOf(LabelsOf(former, rows), former.Clusters.Length) : null;
        var (best, width) = Best();
        if (kept is { } known && known >= Math.Max(width, NoStructure) - Gain)
        {
            return former! with
            {
                Silhouette = known,
                Reason = Invariant($"Kept since {former.FoundOn:yyyy-MM-dd}: their silhouette is {known:0.00} now, ")
                    + (best is null ? "and no others were found." : Invariant($"that of {best.Length} new ones would be {width:0.00}.")),
            };
        }

        if (best is null)
        {
            return Clustering.None(
                Invariant($"No number of clusters from {FewestClusters} to {MostClusters} leaves each of them ")
                    + Invariant($"{Least(rows.Points.Length):N0} customers."),
                lastId);
        }

        var structure = Invariant($"the best silhouette, of {best.Length} clusters, is {width:0.00}, not above {NoStructure:0.00}.");
        return width > NoStructure
            ? ClusteringOf(best, width, rows, day, former)
            : Clustering.None($"The customers show no structure: {structure}", lastId) with { Silhouette = width };

        (double[][]? Middles, double Width) Best()
        {
            var (middles, widest) = (default(double[][]), double.NegativeInfinity);
            double[][] fitted = [.. rows.Sample(MostFitted).Select(i => rows.Points[i])];
            var distinct = Distinct(fitted);
            for (var k = FewestClusters; k <= Math.Min(MostClusters, distinct - 1); k++)
            {
                var found = KMeans.Fit(fitted, k, Seed, cancellation);
                if (WidthOf([.. rows.Points.Select(p => KMeans.Nearest(found, p).Cluster)], k) is { } candidate && candidate > widest)
                {
                    (middles, widest) = (found, candidate);
                }
            }

            return (middles, widest);
        }

        double? WidthOf(int[] labels, int clusters) =>
            Enumerable.Range(0, clusters).All(c => labels.Count(l => l == c) >= Least(labels.Length))
            && judged.Select(i => labels[i]).Distinct().Count() > 1
                ? Silhouette.Mean(sample, [.. judged.Select(i => labels[i])], clusters)
                : null;
    }

    private static int Least(int customers) => Math.Max(LeastMembers, (int)(LeastShare * customers));

    private static int Distinct(double[][] sorted) => 1 + sorted.Zip(sorted.Skip(1)).Count(p => !p.First.AsSpan().SequenceEqual(p.Second));

    private static int[] LabelsOf(Clustering clustering, ClusterRows rows) => [.. rows.Features.Select(features =>
    {
        double[] point = [.. features.Select((value, f) => clustering.Scaled((ClusterFeature)f, value))];
        return clustering.Next(-1, point);
    })];

    // New ids follow the order of the middles, which says nothing of the draw of the seeds.
    private static Clustering ClusteringOf(double[][] found, double width, ClusterRows rows, DateOnly day, Clustering? former)
    {
        double[][] middles = [.. found.OrderBy(m => m[(int)ClusterFeature.Recency]).ThenBy(m => m[(int)ClusterFeature.OrderValue])];
        ImmutableArray<Cluster> known = former?.Clusters ?? [];
        var matches = ClusterMatch.Of(middles, former is null ? [] : ClusterMatch.Rescale(former, rows));
        var names = ClusterNames.Of(middles, [.. matches.Select(m => m is { } place ? known[place].Name : null)]);
        var (lastId, clusters) = (former?.LastId ?? 0, new List<Cluster>());
        for (var i = 0; i < middles.Length; i++)
        {
            var id = matches[i] is { } place ? known[place].Id : new ClusterId(++lastId);
            clusters.Add(new Cluster(id, names[i], [.. middles[i]], rows.Points.Count(p => KMeans.Nearest(middles, p).Cluster == i)));
        }

        return new Clustering
        {
            Clusters = [.. clusters.OrderBy(c => c.Id.Number)],
            Means = [.. rows.Means],
            Deviations = [.. rows.Deviations],
            Margin = MarginShare * middles.Min(m => middles.Where(n => n != m).Min(n => KMeans.Squared(m, n))),
            Silhouette = width,
            LastId = lastId,
            FoundOn = day,
            Reason = Invariant($"{middles.Length} clusters have the widest silhouette, {width:0.00}, ")
                + Invariant($"of {FewestClusters} to {MostClusters}."),
        };
    }
}
