using System.Collections.Immutable;

namespace ClvOrleans.Valuation.Clusters;

/// <summary>A group of customers who buy alike.</summary>
/// <param name="Id">Its short id.</param>
/// <param name="Name">What distinguishes it, for people, such as <c>frequent, recent, large orders</c>.</param>
/// <param name="Centroid">Its middle: features in the order of <see cref="ClusterFeature"/>, in deviations from the mean of all.</param>
/// <param name="Customers">How many of the buyers of the training were nearest to it.</param>
public sealed record Cluster(ClusterId Id, string Name, ImmutableArray<double> Centroid, long Customers)
{
    /// <summary>The squared distance of its middle from a point.</summary>
    public double DistanceTo(ReadOnlySpan<double> point)
    {
        var sum = 0.0;
        var centroid = Centroid.AsSpan();
        for (var i = 0; i < centroid.Length; i++)
        {
            sum += (point[i] - centroid[i]) * (point[i] - centroid[i]);
        }

        return sum;
    }
}
