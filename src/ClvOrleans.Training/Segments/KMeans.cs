using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;

namespace ClvOrleans.Training.Segments;

/// <summary>k-means of Microsoft.ML, the best of some seeds. The same points in the same order give the same middles.</summary>
internal static class KMeans
{
    private const int Starts = 3;
    private const int MostRounds = 200;
    private const float Tolerance = 1e-7f;

    /// <summary>The middles of clusters.</summary>
    /// <param name="points">The points, at least as many different ones as clusters.</param>
    /// <param name="clusters">How many clusters.</param>
    /// <param name="seed">What the first start is drawn with; others count on.</param>
    /// <param name="cancellation">Stops between starts.</param>
    public static double[][] Fit(IReadOnlyList<double[]> points, int clusters, int seed, CancellationToken cancellation = default)
    {
        var (best, least) = (Array.Empty<double[]>(), double.PositiveInfinity);
        for (var start = 0; start < Starts; start++)
        {
            cancellation.ThrowIfCancellationRequested();
            var middles = Fit(points, clusters, seed + start);
            var scatter = points.Sum(p => Nearest(middles, p).Distance);
            (best, least) = scatter < least ? (middles, scatter) : (best, least);
        }

        return best;
    }

    /// <summary>The middle that is nearest to a point, and its squared distance.</summary>
    public static (int Cluster, double Distance) Nearest(IReadOnlyList<double[]> middles, ReadOnlySpan<double> point)
    {
        var (nearest, least) = (0, double.PositiveInfinity);
        for (var cluster = 0; cluster < middles.Count; cluster++)
        {
            var distance = Squared(middles[cluster], point);
            (nearest, least) = distance < least ? (cluster, distance) : (nearest, least);
        }

        return (nearest, least);
    }

    /// <summary>The squared distance of two points.</summary>
    public static double Squared(ReadOnlySpan<double> one, ReadOnlySpan<double> other)
    {
        var sum = 0.0;
        for (var i = 0; i < one.Length; i++)
        {
            sum += (one[i] - other[i]) * (one[i] - other[i]);
        }

        return sum;
    }

    private static double[][] Fit(IReadOnlyList<double[]> points, int clusters, int seed)
    {
        var ml = new MLContext(seed);
        var schema = SchemaDefinition.Create(typeof(Point));
        schema[nameof(Point.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, points[0].Length);
        var view = ml.Data.LoadFromEnumerable(points.Select(p => new Point { Features = Array.ConvertAll(p, v => (float)v) }), schema);
        var model = ml.Clustering.Trainers.KMeans(new KMeansTrainer.Options
        {
            FeatureColumnName = nameof(Point.Features),
            NumberOfClusters = clusters,
            InitializationAlgorithm = KMeansTrainer.InitializationAlgorithm.KMeansPlusPlus,
            MaximumNumberOfIterations = MostRounds,
            OptimizationTolerance = Tolerance,
            NumberOfThreads = 1,
        }).Fit(view);
        VBuffer<float>[] centroids = [];
        model.Model.GetClusterCentroids(ref centroids, out _);
        return Array.ConvertAll(centroids, c => Array.ConvertAll(c.DenseValues().ToArray(), v => (double)v));
    }

    private sealed class Point
    {
        public float[] Features { get; set; } = [];
    }
}
