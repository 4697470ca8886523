using System.Buffers;

namespace ClvOrleans.Recommendations.Models;

/// <summary>
/// The customers that others are compared with: what the nearest of them buy (TIFU-KNN). Near is the Euclidean distance of the weights of
/// products. A store's latest customers stand for all, at most <see cref="Most"/>.
/// </summary>
public sealed class CustomerNeighbours
{
    /// <summary>The most customers that are kept.</summary>
    public const int Most = 20_000;

    private readonly SparseRows _postings;
    private readonly float[] _lengths;

    internal CustomerNeighbours(SparseRows weights, int products)
    {
        Weights = weights;
        _postings = weights.Transposed(products);
        _lengths = new float[weights.Count];
        for (var c = 0; c < _lengths.Length; c++)
        {
            foreach (var w in weights.ValuesOf(c))
            {
                _lengths[c] += w * w;
            }
        }
    }

    /// <summary>Their weights of products.</summary>
    public SparseRows Weights { get; }

    /// <summary>Adds the mean weights of the nearest customers to <paramref name="mean"/>.</summary>
    /// <param name="taste">Whose neighbours.</param>
    /// <param name="count">How many neighbours.</param>
    /// <param name="mean">By product.</param>
    /// <param name="self">The customer's own place among those kept; -1 where it is not one of them, as is not known live.</param>
    public void AddMean(Taste taste, int count, Span<float> mean, int self = -1)
    {
        var all = Weights.Count;
        var k = Math.Min(count, self < 0 ? all : all - 1);
        if (k < 1 || taste.Products.Length == 0)
        {
            return;
        }

        var nearness = ArrayPool<float>.Shared.Rent(all);
        var sorted = ArrayPool<float>.Shared.Rent(all);
        try
        {
            var near = nearness.AsSpan(0, all);
            Fill(taste, near);
            if (self >= 0)
            {
                near[self] = float.NegativeInfinity;
            }

            near.CopyTo(sorted);
            var threshold = Selection.Greatest(sorted.AsSpan(0, all), k);
            var ties = k - Above(near, threshold);
            for (var c = 0; c < all; c++)
            {
                if (near[c] > threshold || (near[c] == threshold && ties-- > 0))
                {
                    var columns = Weights.ColumnsOf(c);
                    var values = Weights.ValuesOf(c);
                    for (var e = 0; e < columns.Length; e++)
                    {
                        mean[columns[e]] += values[e] / k;
                    }
                }
            }
        }
        finally
        {
            ArrayPool<float>.Shared.Return(nearness);
            ArrayPool<float>.Shared.Return(sorted);
        }
    }

    // The negated squared distance, less what is the same for all: 2 ab - b².
    private void Fill(Taste taste, Span<float> near)
    {
        for (var c = 0; c < near.Length; c++)
        {
            near[c] = -_lengths[c];
        }

        for (var p = 0; p < taste.Products.Length; p++)
        {
            var customers = _postings.ColumnsOf(taste.Products[p]);
            var values = _postings.ValuesOf(taste.Products[p]);
            var twice = 2 * taste.Weights[p];
            for (var e = 0; e < customers.Length; e++)
            {
                near[customers[e]] += twice * values[e];
            }
        }
    }

    private static int Above(ReadOnlySpan<float> near, float threshold)
    {
        var above = 0;
        foreach (var n in near)
        {
            above += n > threshold ? 1 : 0;
        }

        return above;
    }
}
