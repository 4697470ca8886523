namespace ClvOrleans.Training.Segments;

/// <summary>
/// The silhouette (Rousseeuw 1987): how much nearer points lie to their own cluster than to the next one. With a the mean distance to the
/// others of its own cluster and b the least mean distance to another, the width of a point is (b - a) / max(a, b); 0 of one alone in its
/// cluster.
/// </summary>
internal static class Silhouette
{
    /// <summary>The mean width of all points, -1 to 1.</summary>
    /// <param name="points">The points; distances are Euclidean.</param>
    /// <param name="labels">The cluster of each, from 0.</param>
    /// <param name="clusters">How many clusters there are.</param>
    /// <exception cref="ArgumentException">Fewer than two clusters have a point, or the two lists differ in length.</exception>
    public static double Mean(IReadOnlyList<double[]> points, IReadOnlyList<int> labels, int clusters)
    {
        var sizes = new int[clusters];
        foreach (var label in labels)
        {
            sizes[label]++;
        }

        if (points.Count != labels.Count || sizes.Count(s => s > 0) < 2)
        {
            throw new ArgumentException("A silhouette needs a label for each point, and two clusters with points.", nameof(labels));
        }

        var widths = new double[points.Count];
        Parallel.For(0, points.Count, i => widths[i] = Width(i, points, labels, sizes));
        return widths.Average();
    }

    private static double Width(int at, IReadOnlyList<double[]> points, IReadOnlyList<int> labels, int[] sizes)
    {
        var own = labels[at];
        if (sizes[own] == 1)
        {
            return 0;
        }

        var sums = new double[sizes.Length];
        for (var i = 0; i < points.Count; i++)
        {
            sums[labels[i]] += Math.Sqrt(Squared(points[at], points[i]));
        }

        var (a, b) = (sums[own] / (sizes[own] - 1), double.PositiveInfinity);
        for (var cluster = 0; cluster < sizes.Length; cluster++)
        {
            b = cluster != own && sizes[cluster] > 0 ? Math.Min(b, sums[cluster] / sizes[cluster]) : b;
        }

        return Math.Max(a, b) is > 0 and var greater ? (b - a) / greater : 0;
    }

    private static double Squared(double[] one, double[] other)
    {
        var sum = 0.0;
        for (var i = 0; i < one.Length; i++)
        {
            sum += (one[i] - other[i]) * (one[i] - other[i]);
        }

        return sum;
    }
}
