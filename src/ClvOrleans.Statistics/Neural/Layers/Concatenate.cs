using System.Numerics;

namespace ClvOrleans.Statistics.Neural.Layers;

/// <summary>
/// Lets the first numbers of a row through <paramref name="Encoder"/> and the last <paramref name="Passed"/> past it: a row is a sequence
/// and then static features, and becomes the code of the sequence and then the same features.
/// </summary>
/// <param name="Encoder">What reads the sequence.</param>
/// <param name="Passed">How many numbers at the end of a row are kept as they are.</param>
public sealed record Concatenate<T>(ILayer<T> Encoder, int Passed) : ILayer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <inheritdoc />
    public int Inputs => Encoder.Inputs + Passed;

    /// <inheritdoc />
    public int Outputs => Encoder.Outputs + Passed;

    /// <inheritdoc />
    public int Parameters => Encoder.Parameters;

    /// <inheritdoc />
    public int Memory(int rows) => Encoder.Memory(rows) + (2 * rows * (Encoder.Inputs + Encoder.Outputs));

    /// <inheritdoc />
    public void Initialise(Span<T> parameters, Span<T> decay, Noise noise) => Encoder.Initialise(parameters, decay, noise);

    /// <inheritdoc />
    public void Forward(ReadOnlySpan<T> parameters, ReadOnlySpan<T> x, Span<T> y, Span<T> memory, LayerContext pass)
    {
        var own = Encoder.Memory(pass.Rows);
        var sequence = memory.Slice(own, pass.Rows * Encoder.Inputs);
        var code = memory.Slice(own + sequence.Length, pass.Rows * Encoder.Outputs);
        CopyColumns(x, Inputs, 0, sequence, Encoder.Inputs, 0, Encoder.Inputs);
        Encoder.Forward(parameters, sequence, code, memory[..own], pass);
        CopyColumns(code, Encoder.Outputs, 0, y, Outputs, 0, Encoder.Outputs);
        CopyColumns(x, Inputs, Encoder.Inputs, y, Outputs, Encoder.Outputs, Passed);
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
        var own = Encoder.Memory(pass.Rows);
        var sequence = memory.Slice(own, pass.Rows * Encoder.Inputs);
        var code = memory.Slice(own + sequence.Length, pass.Rows * Encoder.Outputs);
        var back = memory[(own + sequence.Length + code.Length)..];
        var sequenceBack = back[..sequence.Length];
        var codeBack = back.Slice(sequence.Length, code.Length);
        CopyColumns(dy, Outputs, 0, codeBack, Encoder.Outputs, 0, Encoder.Outputs);
        if (dx.IsEmpty)
        {
            Encoder.Backward(parameters, sequence, code, codeBack, dx, gradient, memory[..own], pass);
            return;
        }

        Encoder.Backward(parameters, sequence, code, codeBack, sequenceBack, gradient, memory[..own], pass);
        CopyColumns(sequenceBack, Encoder.Inputs, 0, dx, Inputs, 0, Encoder.Inputs);
        CopyColumns(dy, Outputs, Encoder.Outputs, dx, Inputs, Encoder.Inputs, Passed);
    }

    private static void CopyColumns(ReadOnlySpan<T> from, int width, int column, Span<T> to, int toWidth, int toColumn, int count)
    {
        for (var (i, j) = (column, toColumn); count > 0 && i < from.Length; (i, j) = (i + width, j + toWidth))
        {
            from.Slice(i, count).CopyTo(to[j..]);
        }
    }
}
