using System.Numerics;
using System.Numerics.Tensors;

namespace ClvOrleans.Statistics.Neural.Layers;

/// <summary>y = x W + b. Parameters: W, inputs × outputs, row-major; then b. Starts as Glorot and Bengio (2010): uniform, b = 0.</summary>
/// <param name="Inputs">Numbers in an input row, at least 1.</param>
/// <param name="Outputs">Numbers in an output row, at least 1.</param>
public sealed record Dense<T>(int Inputs, int Outputs) : ILayer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <inheritdoc />
    public int Parameters => (Inputs + 1) * Outputs;

    private int Weights => Inputs * Outputs;

    /// <inheritdoc />
    public int Memory(int rows) => Weights;

    /// <inheritdoc />
    public void Initialise(Span<T> parameters, Span<T> decay, Noise noise)
    {
        Glorot.Fill(parameters[..Weights], Inputs, Outputs, noise);
        parameters[Weights..].Clear();
        decay[..Weights].Fill(T.One);
        decay[Weights..].Clear();
    }

    /// <inheritdoc />
    public void Forward(ReadOnlySpan<T> parameters, ReadOnlySpan<T> x, Span<T> y, Span<T> memory, LayerContext pass)
    {
        for (var row = 0; row < pass.Rows; row++)
        {
            parameters[Weights..].CopyTo(y.Slice(row * Outputs, Outputs));
        }

        Matrix.MultiplyAdd(x, Inputs, 1, parameters[..Weights], y, pass.Rows, Inputs, Outputs);
    }

    /// <summary>∂L/∂W = xᵀ ∂L/∂y, ∂L/∂b = Σ_rows ∂L/∂y, ∂L/∂x = ∂L/∂y Wᵀ.</summary>
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
        if (!gradient.IsEmpty)
        {
            Matrix.MultiplyAdd(x, 1, Inputs, dy, gradient[..Weights], Inputs, pass.Rows, Outputs);
            var bias = gradient[Weights..];
            for (var row = 0; row < pass.Rows; row++)
            {
                TensorPrimitives.Add(bias, dy.Slice(row * Outputs, Outputs), bias);
            }
        }

        if (!dx.IsEmpty)
        {
            Matrix.Transpose(parameters[..Weights], memory, Inputs, Outputs);
            dx.Clear();
            Matrix.MultiplyAdd(dy, Outputs, 1, memory[..Weights], dx, pass.Rows, Outputs, Inputs);
        }
    }
}
