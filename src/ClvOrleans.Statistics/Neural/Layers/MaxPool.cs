using System.Numerics;
using System.Numerics.Tensors;

namespace ClvOrleans.Statistics.Neural.Layers;

/// <summary>
/// The largest value of each channel in each window of time: y[p, c] = max over t in window p of x[t, c]. Windows do not overlap; the last
/// may be shorter. A window as long as the time axis forgets when, and keeps whether. The first of equals takes the gradient.
/// </summary>
/// <param name="Steps">Length of the time axis.</param>
/// <param name="Channels">Numbers in a step.</param>
/// <param name="Window">Steps in a window, 1 to <paramref name="Steps"/>.</param>
public sealed record MaxPool<T>(int Steps, int Channels, int Window) : ILayer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Number of windows.</summary>
    public int Positions => (Steps + Window - 1) / Window;

    /// <inheritdoc />
    public int Inputs => Steps * Channels;

    /// <inheritdoc />
    public int Outputs => Positions * Channels;

    /// <inheritdoc />
    public int Parameters => 0;

    /// <inheritdoc />
    public int Memory(int rows) => 0;

    /// <inheritdoc />
    public void Initialise(Span<T> parameters, Span<T> decay, Noise noise)
    {
    }

    /// <inheritdoc />
    public void Forward(ReadOnlySpan<T> parameters, ReadOnlySpan<T> x, Span<T> y, Span<T> memory, LayerContext pass)
    {
        for (var row = 0; row < pass.Rows; row++)
        {
            for (var t = 0; t < Steps; t++)
            {
                var step = x.Slice((row * Inputs) + (t * Channels), Channels);
                var best = y.Slice((row * Outputs) + (t / Window * Channels), Channels);
                if (t % Window == 0)
                {
                    step.CopyTo(best);
                }
                else
                {
                    TensorPrimitives.Max(best, step, best);
                }
            }
        }
    }

    /// <inheritdoc />
    public void Backward(
        ReadOnlySpan<T> parameters,
        ReadOnlySpan<T> x,
        ReadOnlySpan<T> y,
        ReadOnlySpan<T> dy,
        Span<T> dx,
        Span<T> gradient,
        Span<T> memory,
        LayerContext pass)
    {
        if (dx.IsEmpty)
        {
            return;
        }

        dx.Clear();
        for (var at = 0; at < pass.Rows * Outputs; at++)
        {
            var (row, cell) = Math.DivRem(at, Outputs);
            var (position, channel) = Math.DivRem(cell, Channels);
            var from = (row * Inputs) + (position * Window * Channels) + channel;
            while (x[from] != y[at])
            {
                from += Channels;
            }

            dx[from] = dy[at];
        }
    }
}
