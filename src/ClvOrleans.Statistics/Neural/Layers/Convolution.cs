using System.Numerics;
using System.Numerics.Tensors;

namespace ClvOrleans.Statistics.Neural.Layers;

/// <summary>
/// Convolution over time without padding: y[t, f] = b[f] + Σ_{k, c} x[t + k, c] W[k, c, f]. A row is steps × channels, time-major, so that
/// a window is a contiguous piece of the row. Parameters: W, width × channels × filters; then b.
/// </summary>
/// <param name="Steps">Length of the time axis, e.g. weeks.</param>
/// <param name="Channels">Numbers in a step.</param>
/// <param name="Filters">Numbers in an output step.</param>
/// <param name="Width">Steps that a filter sees at once, at most <paramref name="Steps"/>.</param>
public sealed record Convolution<T>(int Steps, int Channels, int Filters, int Width) : ILayer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Output steps.</summary>
    public int Positions => Steps - Width + 1;

    /// <inheritdoc />
    public int Inputs => Steps * Channels;

    /// <inheritdoc />
    public int Outputs => Positions * Filters;

    /// <inheritdoc />
    public int Parameters => (Window + 1) * Filters;

    private int Window => Width * Channels;

    private int Weights => Window * Filters;

    /// <inheritdoc />
    public int Memory(int rows) => Weights + (Positions * Window);

    /// <inheritdoc />
    public void Initialise(Span<T> parameters, Span<T> decay, Noise noise)
    {
        Glorot.Fill(parameters[..Weights], Window, Filters, noise);
        parameters[Weights..].Clear();
        decay[..Weights].Fill(T.One);
        decay[Weights..].Clear();
    }

    /// <inheritdoc />
    public void Forward(ReadOnlySpan<T> parameters, ReadOnlySpan<T> x, Span<T> y, Span<T> memory, LayerContext pass)
    {
        for (var at = 0; at < pass.Rows * Outputs; at += Filters)
        {
            parameters[Weights..].CopyTo(y.Slice(at, Filters));
        }

        for (var row = 0; row < pass.Rows; row++)
        {
            Matrix.MultiplyAdd(
                x.Slice(row * Inputs, Inputs),
                Channels,
                1,
                parameters[..Weights],
                y.Slice(row * Outputs, Outputs),
                Positions,
                Window,
                Filters);
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
        var transposed = memory[..Weights];
        var windows = memory.Slice(Weights, Positions * Window);
        Matrix.Transpose(parameters[..Weights], transposed, Window, Filters);
        dx.Clear();
        for (var row = 0; row < pass.Rows; row++)
        {
            var d = dy.Slice(row * Outputs, Outputs);
            if (!gradient.IsEmpty)
            {
                Matrix.MultiplyAdd(
                    x.Slice(row * Inputs, Inputs), 1, Channels, d, gradient[..Weights], Window, Positions, Filters);
                var bias = gradient[Weights..];
                for (var at = 0; at < Outputs; at += Filters)
                {
                    TensorPrimitives.Add(bias, d.Slice(at, Filters), bias);
                }
            }

            if (!dx.IsEmpty)
            {
                windows.Clear();
                Matrix.MultiplyAdd(d, Filters, 1, transposed, windows, Positions, Filters, Window);
                for (var t = 0; t < Positions; t++)
                {
                    var seen = dx.Slice((row * Inputs) + (t * Channels), Window);
                    TensorPrimitives.Add(seen, windows.Slice(t * Window, Window), seen);
                }
            }
        }
    }
}
