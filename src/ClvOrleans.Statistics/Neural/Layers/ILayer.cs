using System.Numerics;

namespace ClvOrleans.Statistics.Neural.Layers;

/// <summary>
/// A differentiable step from a batch of rows to a batch of rows, both row-major. A layer is a shape: its parameters and its memory are
/// handed to it, so one instance serves any number of threads, and nothing is allocated on the way.
/// </summary>
/// <typeparam name="T">float in use; double to check gradients.</typeparam>
public interface ILayer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Numbers in an input row.</summary>
    int Inputs { get; }

    /// <summary>Numbers in an output row.</summary>
    int Outputs { get; }

    /// <summary>Number of parameters.</summary>
    int Parameters { get; }

    /// <summary>Numbers of working memory for a batch; what is in it at the start does not matter.</summary>
    int Memory(int rows);

    /// <summary>Draws starting parameters, and sets <paramref name="decay"/> to 1 where weight decay applies (never to biases).</summary>
    void Initialise(Span<T> parameters, Span<T> decay, Noise noise);

    /// <summary>Computes <paramref name="y"/> from <paramref name="x"/>, and keeps in memory what the way back needs.</summary>
    void Forward(ReadOnlySpan<T> parameters, ReadOnlySpan<T> x, Span<T> y, Span<T> memory, LayerContext pass);

    /// <summary>
    /// After <see cref="Forward"/> with the same x, y, memory and pass: from ∂L/∂y sets ∂L/∂x and adds to ∂L/∂parameters. Either is left
    /// out where its span is empty.
    /// </summary>
    void Backward(
        ReadOnlySpan<T> parameters,
        ReadOnlySpan<T> x,
        ReadOnlySpan<T> y,
        ReadOnlySpan<T> dy,
        Span<T> dx,
        Span<T> gradient,
        Span<T> memory,
        LayerContext pass);
}
