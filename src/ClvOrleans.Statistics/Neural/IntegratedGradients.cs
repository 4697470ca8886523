using System.Buffers;
using System.Numerics;
using ClvOrleans.Statistics.Neural.Layers;

namespace ClvOrleans.Statistics.Neural;

/// <summary>
/// What each input adds to a prediction, relative to a baseline customer (Sundararajan, Taly and Yan 2017, "Axiomatic Attribution for Deep
/// Networks", arXiv 1703.01365): (xᵢ - bᵢ) times the mean of ∂prediction/∂xᵢ on the straight way from b to x, by the midpoint rule.
/// </summary>
public static class IntegratedGradients
{
    /// <summary>
    /// Writes the contribution of each input, and returns both predictions: contributions add up to their difference exactly. The rule
    /// for that: what the midpoint rule misses is shared out in proportion to the size of the contributions (where all are 0, equally
    /// over the inputs that differ), all are rounded to a power of two so small that it does not show and so large that they add up
    /// without rounding in any order, and the largest takes what is left.
    /// </summary>
    /// <param name="network">The network; for a recurrent one, baseline and row must fill the same number of steps.</param>
    /// <param name="row">The customer.</param>
    /// <param name="baseline">Whom to compare with, e.g. the mean customer.</param>
    /// <param name="contributions">One for each input, in units of the target.</param>
    /// <param name="steps">Points on the way, at least 1.</param>
    public static (double Prediction, double Baseline) Explain<T>(
        Network<T> network, ReadOnlySpan<T> row, ReadOnlySpan<T> baseline, Span<double> contributions, int steps = 64)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(row.Length, network.Inputs);
        ArgumentOutOfRangeException.ThrowIfNotEqual(baseline.Length, network.Inputs);
        ArgumentOutOfRangeException.ThrowIfNotEqual(contributions.Length, network.Inputs);
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        contributions.Clear();
        for (var first = 0; first < steps; first += network.BlockRows)
        {
            AddSlopes(network, row, baseline, contributions, first, Math.Min(network.BlockRows, steps - first), steps);
        }

        for (var i = 0; i < contributions.Length; i++)
        {
            contributions[i] *= double.CreateTruncating(row[i] - baseline[i]) / steps;
        }

        var (prediction, from) = (double.CreateTruncating(network.Predict(row)), double.CreateTruncating(network.Predict(baseline)));
        Complete(row, baseline, contributions, prediction - from);
        return (prediction, from);
    }

    /// <summary>Adds ∂prediction/∂x at points <paramref name="first"/> and on.</summary>
    private static void AddSlopes<T>(
        Network<T> network, ReadOnlySpan<T> row, ReadOnlySpan<T> baseline, Span<double> sums, int first, int count, int steps)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var (body, inputs, logits) = (network.Body, network.Inputs, network.Head.Logits);
        var rented = ArrayPool<T>.Shared.Rent((2 * count * (inputs + logits)) + body.Memory(count));
        var x = rented.AsSpan(0, count * inputs);
        var dx = rented.AsSpan(x.Length, x.Length);
        var y = rented.AsSpan(2 * x.Length, count * logits);
        var dy = rented.AsSpan((2 * x.Length) + y.Length, y.Length);
        var memory = rented.AsSpan(2 * (x.Length + y.Length));
        for (var point = 0; point < count; point++)
        {
            var share = T.CreateTruncating((first + point + .5) / steps);
            for (var i = 0; i < inputs; i++)
            {
                // Equal inputs stay what they are, to the bit: a count of steps must remain one.
                x[(point * inputs) + i] = T.FusedMultiplyAdd(share, row[i] - baseline[i], baseline[i]);
            }
        }

        body.Forward(network.Parameters, x, y, memory, new LayerContext(count));
        for (var point = 0; point < count; point++)
        {
            network.Head.Slope(y.Slice(point * logits, logits), dy.Slice(point * logits, logits));
        }

        body.Backward(network.Parameters, x, y, dy, dx, [], memory, new LayerContext(count));
        for (var at = 0; at < dx.Length; at++)
        {
            sums[at % inputs] += double.CreateTruncating(dx[at]);
        }

        ArrayPool<T>.Shared.Return(rented);
    }

    private static void Complete<T>(ReadOnlySpan<T> row, ReadOnlySpan<T> baseline, Span<double> contributions, double difference)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var (sum, size, largest, differing) = (0.0, 0.0, -1, 0);
        for (var i = 0; i < contributions.Length; i++)
        {
            if (row[i] != baseline[i])
            {
                sum += contributions[i];
                size += Math.Abs(contributions[i]);
                largest = largest < 0 || Math.Abs(contributions[i]) > Math.Abs(contributions[largest]) ? i : largest;
                differing++;
            }
        }

        var missed = difference - sum;
        if (largest < 0 || size + Math.Abs(missed) == 0)
        {
            return;
        }

        // On a grid of powers of two, fine enough to show and coarse enough that no sum is ever rounded.
        var grid = Math.ScaleB(1, Math.ILogB(size + Math.Abs(missed)) - 50);
        var others = 0.0;
        for (var i = 0; i < contributions.Length; i++)
        {
            var share = size > 0 ? Math.Abs(contributions[i]) / size : row[i] == baseline[i] ? 0 : 1.0 / differing;
            contributions[i] = Math.Round((contributions[i] + (missed * share)) / grid) * grid;
            others += i == largest ? 0 : contributions[i];
        }

        contributions[largest] = difference - others;
    }
}
