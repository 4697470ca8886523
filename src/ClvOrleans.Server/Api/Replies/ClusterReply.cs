using ClvOrleans.Domain.Stores;
using ClvOrleans.Valuation.Clusters;
using ClvOrleans.Valuation.Intervals;
using ClvOrleans.Valuation.Segments;

namespace ClvOrleans.Server.Api.Replies;

/// <summary>A cluster.</summary>
/// <param name="Id">Its short id, as rules write it: cluster = 'c3'.</param>
/// <param name="Name">What distinguishes it.</param>
/// <param name="Centroid">Its middle.</param>
/// <param name="Distinguishes">How far its middle lies from the mean of all, the most distinct first.</param>
/// <param name="Values">What its members add up to.</param>
/// <param name="Customers">Where they are listed.</param>
internal sealed record ClusterReply(
    string Id, string Name, ClusterCentroid Centroid, IReadOnlyList<ClusterDistinction> Distinguishes, SegmentValues Values,
    string Customers)
{
    public static ClusterReply Of(
        Cluster cluster, Clustering clustering, SegmentSums? sums, StoreSettings store, ValueIntervals intervals) => new(
        cluster.Id.ToString(), cluster.Name, ClusterCentroid.Of(cluster, clustering, store.Currency),
        [.. cluster.Centroid
            .Select((value, f) => new ClusterDistinction(ClusterCentroid.NameOf((ClusterFeature)f), Math.Round(value, 2)))
            .OrderByDescending(d => Math.Abs(d.Deviations))],
        SegmentValues.Of(cluster.Id.ToString(), sums, store, intervals),
        $"/api/v1/customers?cluster={cluster.Id}");
}
