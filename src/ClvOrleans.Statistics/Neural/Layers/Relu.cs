using System.Numerics;
using System.Numerics.Tensors;

namespace ClvOrleans.Statistics.Neural.Layers;

/// <summary>y = max(x, 0). The derivative at 0 is taken as 0.</summary>
/// <param name="Inputs">Numbers in a row.</param>
public sealed record Relu<T>(int Inputs) : ILayer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <inheritdoc />
    public int Outputs => Inputs;

    /// <inheritdoc />
    public int Parameters => 0;

    /// <inheritdoc />
    public int Memory(int rows) => 0;

    /// <inheritdoc />
    public void Initialise(Span<T> parameters, Span<T> decay, Noise noise)
    {
    }

    /// <inheritdoc />
    public void Forward(ReadOnlySpan<T> parameters, ReadOnlySpan<T> x, Span<T> y, Span<T> memory, LayerContext pass) =>
        TensorPrimitives.Max(x, T.Zero, y);

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
        var i = 0;
        for (; i + Vector<T>.Count <= dx.Length; i += Vector<T>.Count)
        {
            var on = Vector.GreaterThan(new Vector<T>(y[i..]), Vector<T>.Zero);
            Vector.ConditionalSelect(on, new Vector<T>(dy[i..]), Vector<T>.Zero).CopyTo(dx[i..]);
        }

        for (; i < dx.Length; i++)
        {
            dx[i] = y[i] > T.Zero ? dy[i] : T.Zero;
        }
    }
}
