using System.Collections.Immutable;
using System.Numerics;

namespace ClvOrleans.Statistics.Neural.Layers;

/// <summary>Layers one after the other. Parameters follow each other in the same order.</summary>
public sealed class Sequential<T> : ILayer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The layers, first to last.</summary>
    /// <exception cref="ArgumentException">There is none, one is empty, or one does not take what the one before it gives.</exception>
    public Sequential(params ReadOnlySpan<ILayer<T>> layers)
    {
        if (layers.IsEmpty)
        {
            throw new ArgumentException("A chain has at least one layer.", nameof(layers));
        }

        for (var i = 0; i < layers.Length; i++)
        {
            if (layers[i].Inputs < 1 || layers[i].Outputs < 1)
            {
                throw new ArgumentException(
                    $"Layer {i + 1} has {layers[i].Inputs} inputs and {layers[i].Outputs} outputs.", nameof(layers));
            }

            if (i > 0 && layers[i].Inputs != layers[i - 1].Outputs)
            {
                throw new ArgumentException(
                    $"Layer {i + 1} takes {layers[i].Inputs} numbers, but layer {i} gives {layers[i - 1].Outputs}.", nameof(layers));
            }
        }

        Layers = [.. layers];
        foreach (var layer in Layers)
        {
            Parameters += layer.Parameters;
        }
    }

    /// <summary>The layers, first to last.</summary>
    public ImmutableArray<ILayer<T>> Layers { get; }

    /// <inheritdoc />
    public int Inputs => Layers[0].Inputs;

    /// <inheritdoc />
    public int Outputs => Layers[^1].Outputs;

    /// <inheritdoc />
    public int Parameters { get; }

    /// <inheritdoc />
    public int Memory(int rows) => MemoryBefore(Layers.Length, rows);

    /// <inheritdoc />
    public void Initialise(Span<T> parameters, Span<T> decay, Noise noise)
    {
        for (var i = 0; i < Layers.Length; i++)
        {
            var count = Layers[i].Parameters;
            Layers[i].Initialise(parameters[..count], decay[..count], noise.Part(i));
            parameters = parameters[count..];
            decay = decay[count..];
        }
    }

    /// <inheritdoc />
    public void Forward(ReadOnlySpan<T> parameters, ReadOnlySpan<T> x, Span<T> y, Span<T> memory, LayerContext pass) =>
        Forward(parameters, x, y, memory, pass, 0);

    /// <summary>From layer <paramref name="first"/> on; the parameters are still those of the whole chain.</summary>
    internal void Forward(ReadOnlySpan<T> parameters, ReadOnlySpan<T> x, Span<T> y, Span<T> memory, LayerContext pass, int first)
    {
        var input = x;
        for (var i = 0; i < Layers.Length; i++)
        {
            var own = parameters[..Layers[i].Parameters];
            parameters = parameters[own.Length..];
            if (i < first)
            {
                continue;
            }

            var output = i == Layers.Length - 1 ? y : Between(memory, i, pass.Rows);
            Layers[i].Forward(own, input, output, Own(memory, i, pass.Rows), pass.Through(i));
            input = output;
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
        var end = Parameters;
        for (var i = Layers.Length - 1; i >= 0; i--)
        {
            var start = end - Layers[i].Parameters;
            var last = i == Layers.Length - 1;
            Layers[i].Backward(
                parameters[start..end],
                i == 0 ? x : Between(memory, i - 1, pass.Rows),
                last ? y : Between(memory, i, pass.Rows),
                last ? dy : BetweenBack(memory, i, pass.Rows),
                i == 0 ? dx : BetweenBack(memory, i - 1, pass.Rows),
                gradient.IsEmpty ? gradient : gradient[start..end],
                Own(memory, i, pass.Rows),
                pass.Through(i));
            end = start;
        }
    }

    // Memory of layer i, then what it hands on, then the derivative by that.
    private int MemoryBefore(int layer, int rows)
    {
        var sum = 0;
        for (var i = 0; i < layer; i++)
        {
            sum += Layers[i].Memory(rows) + (i == Layers.Length - 1 ? 0 : 2 * rows * Layers[i].Outputs);
        }

        return sum;
    }

    private Span<T> Own(Span<T> memory, int layer, int rows) => memory.Slice(MemoryBefore(layer, rows), Layers[layer].Memory(rows));

    private Span<T> Between(Span<T> memory, int layer, int rows) =>
        memory.Slice(MemoryBefore(layer, rows) + Layers[layer].Memory(rows), rows * Layers[layer].Outputs);

    private Span<T> BetweenBack(Span<T> memory, int layer, int rows) => memory.Slice(
        MemoryBefore(layer, rows) + Layers[layer].Memory(rows) + (rows * Layers[layer].Outputs), rows * Layers[layer].Outputs);
}
