using System.Numerics;
using System.Numerics.Tensors;

namespace ClvOrleans.Statistics.Neural.Layers;

/// <summary>
/// In training, each number is 0 with probability <paramref name="Rate"/> and else divided by 1 - rate; otherwise nothing happens
/// (Srivastava et al. 2014, "Dropout", in its inverted form).
/// </summary>
/// <param name="Inputs">Numbers in a row.</param>
/// <param name="Rate">Share that drops out, 0 up to but not including 1.</param>
public sealed record Dropout<T>(int Inputs, double Rate) : ILayer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Share that drops out, 0 up to but not including 1.</summary>
    public double Rate { get; } = Rate is >= 0 and < 1
        ? Rate
        : throw new ArgumentOutOfRangeException(nameof(Rate), Rate, "A share of at least 0 and less than 1 drops out.");

    /// <inheritdoc />
    public int Outputs => Inputs;

    /// <inheritdoc />
    public int Parameters => 0;

    /// <inheritdoc />
    public int Memory(int rows) => rows * Inputs;

    /// <inheritdoc />
    public void Initialise(Span<T> parameters, Span<T> decay, Noise noise)
    {
    }

    /// <inheritdoc />
    public void Forward(ReadOnlySpan<T> parameters, ReadOnlySpan<T> x, Span<T> y, Span<T> memory, LayerContext pass)
    {
        if (!pass.Training)
        {
            x.CopyTo(y);
            return;
        }

        var kept = T.CreateTruncating(1 / (1 - Rate));
        var threshold = (uint)(Rate * uint.MaxValue);
        var mask = memory[..x.Length];
        var first = (ulong)pass.FirstRow * (ulong)Inputs;
        for (var i = 0; i < mask.Length; i++)
        {
            mask[i] = (uint)(pass.Noise.Bits(first + (ulong)i) >> 32) < threshold ? T.Zero : kept;
        }

        TensorPrimitives.Multiply(x, mask, y);
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

        if (pass.Training)
        {
            TensorPrimitives.Multiply(dy, memory[..dy.Length], dx);
        }
        else
        {
            dy.CopyTo(dx);
        }
    }
}
