using ClvOrleans.Domain.Currencies;
using ClvOrleans.Valuation.Clusters;

namespace ClvOrleans.Server.Api.Replies;

/// <summary>The middle of a cluster: geometric means of its members at the training.</summary>
/// <param name="LengthDays">Days from the first purchase to the last.</param>
/// <param name="RecencyDays">Days since the last purchase.</param>
/// <param name="Orders">Orders.</param>
/// <param name="OrderValue">Value of an order net of refunds, in major units.</param>
internal sealed record ClusterCentroid(double LengthDays, double RecencyDays, double Orders, decimal OrderValue)
{
    public static ClusterCentroid Of(Cluster cluster, Clustering clustering, Currency currency) => new(
        Math.Round(clustering.InUnits(cluster, ClusterFeature.Length), 1),
        Math.Round(clustering.InUnits(cluster, ClusterFeature.Recency), 1),
        Math.Round(clustering.InUnits(cluster, ClusterFeature.Frequency), 2),
        currency.ToMajor(Money.Rounded(clustering.InUnits(cluster, ClusterFeature.OrderValue))));

    public static string NameOf(ClusterFeature feature) => feature switch
    {
        ClusterFeature.Length => "lengthDays",
        ClusterFeature.Recency => "recencyDays",
        ClusterFeature.Frequency => "orders",
        _ => "orderValue",
    };
}
