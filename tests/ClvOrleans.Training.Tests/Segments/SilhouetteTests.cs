using ClvOrleans.Training.Segments;
using Xunit;

namespace ClvOrleans.Training.Tests.Segments;

/// <summary>k-means and silhouettes of the irises, as R and scikit-learn have them.</summary>
public sealed class SilhouetteTests
{
    // Sizes and within sum of squares of R's kmeans(iris[, 1:4], k), which scikit-learn calls inertia; silhouettes of scikit-learn's
    // silhouette_score of the same partitions. That of three is also the average width of R's pam(iris[, 1:4], 3): .552819012356410.
    [Theory]
    [InlineData(2, 152.34795176, .6810461692117465, "53 97")]
    [InlineData(3, 78.85144143, .5528190123564095, "38 50 62")]
    public void The_irises_part_as_published(int clusters, double scatter, double width, string sizes)
    {
        var middles = KMeans.Fit(Iris.Flowers, clusters, 1, TestContext.Current.CancellationToken);
        var labels = Iris.Flowers.Select(f => KMeans.Nearest(middles, f).Cluster).ToArray();
        Assert.Equal(sizes, string.Join(' ', labels.GroupBy(l => l).Select(g => g.Count()).Order()));
        Assert.Equal(scatter, Iris.Flowers.Sum(f => KMeans.Nearest(middles, f).Distance), 1e-4);
        Assert.Equal(width, Silhouette.Mean(Iris.Flowers, labels, clusters), 1e-12);
    }

    [Fact]
    public void A_width_is_that_of_the_definition_and_0_of_one_who_is_alone()
    {
        // On a line at 0, 1 and 10: a = 1 for the first two, b = 10 and 9; the third is alone.
        double[][] points = [[0], [1], [10]];
        Assert.Equal(((.9 + (8 / 9.0)) / 3), Silhouette.Mean(points, [0, 0, 1], 2), 1e-15);
        Assert.Equal(((.9 + (8 / 9.0)) / 3), Silhouette.Mean(points, [2, 2, 0], 3), 1e-15);
        Assert.Equal(0, Silhouette.Mean([[1], [1], [1], [1]], [0, 0, 1, 1], 2));
    }

    [Fact]
    public void One_cluster_has_no_silhouette()
    {
        Assert.Throws<ArgumentException>(() => Silhouette.Mean([[0], [1]], [0, 0], 2));
        Assert.Throws<ArgumentException>(() => Silhouette.Mean([[0], [1]], [0], 2));
    }

    [Fact]
    public void The_same_points_give_the_same_middles()
    {
        var fits = Enumerable.Range(0, 2).Select(_ => KMeans.Fit(Iris.Flowers, 4, 1, TestContext.Current.CancellationToken)).ToArray();
        Assert.Equal(fits[0].SelectMany(m => m), fits[1].SelectMany(m => m));
    }
}
