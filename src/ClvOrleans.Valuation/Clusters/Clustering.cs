using System.Collections.Immutable;
using ClvOrleans.Domain.Customers;

namespace ClvOrleans.Valuation.Clusters;

/// <summary>The clusters of a store as a training found them; none where it found no structure, with the reason.</summary>
/// <remarks>
/// A customer stays in a cluster until another is nearer by a margin. Which cluster that is follows from their purchases alone: from
/// the first on, after each purchase day, the customer moves where another is nearer by the margin; and so today, by the silence since
/// the last one. So nothing is remembered that events do not say, and their order of arrival, a rebuilt row and another silo change
/// nothing. In silence only recency moves, along a line: distances to two middles differ linearly, so no cluster that was left is come back
/// to.
/// </remarks>
public sealed record Clustering
{
    /// <summary>No clusters.</summary>
    /// <param name="reason">Why, in a sentence.</param>
    /// <param name="lastId">The last number given to a cluster of the store.</param>
    public static Clustering None(string reason, int lastId) => new() { Reason = reason, LastId = lastId };

    /// <summary>The clusters, by id.</summary>
    public ImmutableArray<Cluster> Clusters { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Mean of each feature over the buyers of the training.</summary>
    public ImmutableArray<double> Means { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Standard deviation of each feature; 0 of one that is the same for all, which then tells nobody apart.</summary>
    public ImmutableArray<double> Deviations { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>By how much smaller the squared distance to another cluster must be before a customer moves.</summary>
    public double Margin { get; init; }

    /// <summary>Mean silhouette width of the buyers of the training, -1 to 1; null where no clusters could be judged.</summary>
    public double? Silhouette { get; init; }

    /// <summary>The last number given to a cluster of the store.</summary>
    public int LastId { get; init; }

    /// <summary>Last local day of the data in which the middles were found; null where there are none.</summary>
    public DateOnly? FoundOn { get; init; }

    /// <summary>Why these clusters, or why there are none, in a sentence.</summary>
    public string Reason { get; init; } = "";

    /// <summary>The cluster of an id; null where there is none.</summary>
    public Cluster? Find(ClusterId id) => Clusters.FirstOrDefault(c => c.Id == id);

    /// <summary>The cluster of a customer on a day; null before the first purchase and where there are no clusters.</summary>
    public ClusterId? Of(CustomerSummary customer, DateOnly day)
    {
        var bought = customer.PurchaseDays;
        if (Clusters.IsEmpty || bought.IsEmpty || bought[0].Day > day)
        {
            return null;
        }

        Span<double> point = stackalloc double[ClusterFeatures.Count];
        point[(int)ClusterFeature.Recency] = Scaled(ClusterFeature.Recency, ClusterFeatures.OfDays(0));
        var (first, last, orders, spent, place) = (bought[0].Day.DayNumber, 0, 0, 0.0, -1);
        foreach (var purchase in bought)
        {
            if (purchase.Day > day)
            {
                break;
            }

            (last, orders, spent) = (purchase.Day.DayNumber, orders + purchase.Orders, spent + (double)purchase.Net.Minor);
            point[(int)ClusterFeature.Length] = Scaled(ClusterFeature.Length, ClusterFeatures.OfDays(last - first));
            point[(int)ClusterFeature.Frequency] = Scaled(ClusterFeature.Frequency, ClusterFeatures.OfOrders(orders));
            point[(int)ClusterFeature.OrderValue] = Scaled(ClusterFeature.OrderValue, ClusterFeatures.OfValue(spent, orders));
            place = Next(place, point);
        }

        point[(int)ClusterFeature.Recency] = Scaled(ClusterFeature.Recency, ClusterFeatures.OfDays(day.DayNumber - last));
        return Clusters[Next(place, point)].Id;
    }

    /// <summary>A feature in deviations from its mean.</summary>
    public double Scaled(ClusterFeature feature, double value) =>
        Deviations[(int)feature] is > 0 and var deviation ? (value - Means[(int)feature]) / deviation : 0;

    /// <summary>A feature of the middle of a cluster in days, orders or minor units.</summary>
    public double InUnits(Cluster cluster, ClusterFeature feature) => ClusterFeatures.InUnits(
        feature, Means[(int)feature] + (cluster.Centroid[(int)feature] * Deviations[(int)feature]));

    /// <summary>Where a point belongs that was in a cluster before; -1 for none.</summary>
    public int Next(int place, ReadOnlySpan<double> point)
    {
        var (nearest, least, own) = (0, double.PositiveInfinity, double.PositiveInfinity);
        for (var i = 0; i < Clusters.Length; i++)
        {
            var distance = Clusters[i].DistanceTo(point);
            own = i == place ? distance : own;
            (nearest, least) = distance < least ? (i, distance) : (nearest, least);
        }

        return place >= 0 && !(own - least > Margin) ? place : nearest;
    }
}
