using System.Numerics;
using ClvOrleans.Statistics.Neural.Layers;
using ClvOrleans.Statistics.Neural.Outputs;

namespace ClvOrleans.Statistics.Neural.Training;

/// <summary>
/// The buffers of one part of a mini-batch. Parts are of fixed size and are added up in order, so threads change nothing.
/// </summary>
internal sealed class BatchPart<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Rows in a part.</summary>
    public const int Rows = 128;

    private readonly Sequential<T> body;
    private readonly IOutputLayer<T> head;
    private readonly TrainingRows<T> data;
    private readonly T[] x;
    private readonly T[] y;
    private readonly T[] dy;
    private readonly T[] memory;

    public BatchPart(Sequential<T> body, IOutputLayer<T> head, TrainingRows<T> data)
    {
        (this.body, this.head, this.data) = (body, head, data);
        x = new T[Rows * body.Inputs];
        y = new T[Rows * head.Logits];
        dy = new T[Rows * head.Logits];
        memory = new T[body.Memory(Rows)];
        Gradient = new T[body.Parameters];
    }

    /// <summary>Of the sum of losses after <see cref="Learn"/>.</summary>
    public T[] Gradient { get; }

    /// <summary>Sum of losses of these rows; not finite where any is, and then there is no gradient.</summary>
    public double Learn(ReadOnlySpan<T> parameters, ReadOnlySpan<int> rows, Noise noise, int firstRow)
    {
        var pass = new LayerContext(rows.Length, Training: true, noise, firstRow);
        var loss = Forward(parameters, rows, pass);
        if (double.IsFinite(loss))
        {
            Array.Clear(Gradient);
            body.Backward(
                parameters,
                x.AsSpan(0, rows.Length * body.Inputs),
                y.AsSpan(0, rows.Length * head.Logits),
                dy.AsSpan(0, rows.Length * head.Logits),
                [],
                Gradient,
                memory,
                pass);
        }

        return loss;
    }

    /// <summary>Sum of losses of these rows without dropout.</summary>
    public double Loss(ReadOnlySpan<T> parameters, ReadOnlySpan<int> rows) => Forward(parameters, rows, new LayerContext(rows.Length));

    private double Forward(ReadOnlySpan<T> parameters, ReadOnlySpan<int> rows, LayerContext pass)
    {
        var inputs = data.Inputs.Span;
        var targets = data.Targets.Span;
        var (width, logits) = (body.Inputs, head.Logits);
        for (var i = 0; i < rows.Length; i++)
        {
            inputs.Slice(rows[i] * width, width).CopyTo(x.AsSpan(i * width));
        }

        body.Forward(parameters, x.AsSpan(0, rows.Length * width), y.AsSpan(0, rows.Length * logits), memory, pass);
        var sum = 0.0;
        for (var i = 0; i < rows.Length; i++)
        {
            sum += double.CreateTruncating(head.Loss(y.AsSpan(i * logits, logits), targets[rows[i]], dy.AsSpan(i * logits, logits)));
        }

        return sum;
    }
}
