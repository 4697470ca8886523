using ClvOrleans.Domain.Customers;
using ClvOrleans.Valuation.Clusters;

namespace ClvOrleans.Training.Segments;

/// <summary>
/// The buyers of a training as points, in an order that depends on the points alone: who comes first, and what their ids are, changes
/// nothing.
/// </summary>
internal sealed class ClusterRows
{
    private ClusterRows(double[][] features)
    {
        Features = features;
        Means = [.. Enumerable.Range(0, ClusterFeatures.Count).Select(f => features.Average(r => r[f]))];
        Deviations = [.. Means.Select((mean, f) => Deviation(features, f, mean))];
        Points = Array.ConvertAll(features, r => Scale(r));
    }

    /// <summary>Features as <see cref="ClusterFeatures"/> has them.</summary>
    public double[][] Features { get; }

    /// <summary>The same in deviations from the mean.</summary>
    public double[][] Points { get; }

    /// <summary>Mean of each feature.</summary>
    public double[] Means { get; }

    /// <summary>Standard deviation of each feature; 0 where all are equal.</summary>
    public double[] Deviations { get; }

    /// <summary>The points of those who have bought by a day; there must be some.</summary>
    public static ClusterRows Of(IEnumerable<CustomerSummary> buyers, DateOnly day)
    {
        var features = buyers.Select(c => FeaturesOf(c, day)).ToArray();
        Array.Sort(features, Compare);
        return new ClusterRows(features);
    }

    /// <summary>Features in deviations from the mean.</summary>
    public double[] Scale(double[] features) =>
        [.. features.Select((value, f) => Deviations[f] > 0 ? (value - Means[f]) / Deviations[f] : 0)];

    /// <summary>Places of at most so many rows, spread evenly over the order.</summary>
    public int[] Sample(int most)
    {
        var count = Math.Min(most, Features.Length);
        return [.. Enumerable.Range(0, count).Select(i => (int)((((2L * i) + 1) * Features.Length) / (2L * count)))];
    }

    private static double[] FeaturesOf(CustomerSummary customer, DateOnly day)
    {
        var bought = customer.PurchaseDays;
        var orders = bought.Sum(d => d.Orders);
        var features = new double[ClusterFeatures.Count];
        features[(int)ClusterFeature.Length] = ClusterFeatures.OfDays(bought[^1].Day.DayNumber - bought[0].Day.DayNumber);
        features[(int)ClusterFeature.Recency] = ClusterFeatures.OfDays(day.DayNumber - bought[^1].Day.DayNumber);
        features[(int)ClusterFeature.Frequency] = ClusterFeatures.OfOrders(orders);
        features[(int)ClusterFeature.OrderValue] = ClusterFeatures.OfValue(bought.Sum(d => (double)d.Net.Minor), orders);
        return features;
    }

    // Rounding must not make a feature of what is the same for all.
    private static double Deviation(double[][] features, int feature, double mean)
    {
        var isSame = Array.TrueForAll(features, r => r[feature] == features[0][feature]);
        return isSame ? 0 : Math.Sqrt(features.Average(r => (r[feature] - mean) * (r[feature] - mean)));
    }

    private static int Compare(double[] one, double[] other)
    {
        for (var i = 0; i < one.Length; i++)
        {
            if (one[i].CompareTo(other[i]) is not 0 and var order)
            {
                return order;
            }
        }

        return 0;
    }
}
