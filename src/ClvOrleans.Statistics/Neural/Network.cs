using System.Buffers;
using System.Numerics;
using ClvOrleans.Statistics.Neural.Layers;
using ClvOrleans.Statistics.Neural.Outputs;

namespace ClvOrleans.Statistics.Neural;

/// <summary>
/// A network with its parameters: immutable, and safe to call from many threads. Rows are row-major, <see cref="Inputs"/> finite
/// numbers each. A customer scored alone gets the same bits as in any batch.
/// </summary>
/// <typeparam name="T">float in use; double to check gradients.</typeparam>
public sealed class Network<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Customers in a block: its working memory should stay in the cache.</summary>
    private const int MostRows = 128;

    private const int CachedNumbers = 1 << 16;

    private readonly T[] parameters;

    /// <summary>A network that is not trained: starting parameters drawn from <paramref name="seed"/>.</summary>
    /// <exception cref="ArgumentException">The body does not end in a dense layer as wide as the head.</exception>
    public Network(Sequential<T> body, IOutputLayer<T> head, ulong seed)
        : this(body, head, new T[body.Parameters]) => body.Initialise(parameters, new T[body.Parameters], new Noise(seed));

    /// <summary>A network with given parameters, which are kept, not copied.</summary>
    /// <exception cref="ArgumentException">The body does not end in a dense layer as wide as the head, or parameters lack.</exception>
    internal Network(Sequential<T> body, IOutputLayer<T> head, T[] parameters)
    {
        if (body.Layers[^1] is not Dense<T> last || last.Outputs != head.Logits)
        {
            throw new ArgumentException(
                $"The body must end in a dense layer with {head.Logits} outputs, which the head reads.", nameof(body));
        }

        ArgumentOutOfRangeException.ThrowIfNotEqual(parameters.Length, body.Parameters);
        (Body, Head, this.parameters) = (body, head, parameters);
        BlockRows = Math.Clamp(CachedNumbers / Math.Max(1, body.Memory(1)), 4, MostRows);
    }

    /// <summary>The layers.</summary>
    public Sequential<T> Body { get; }

    /// <summary>What the last layer means.</summary>
    public IOutputLayer<T> Head { get; }

    /// <summary>All parameters, in the order of the layers.</summary>
    public ReadOnlySpan<T> Parameters => parameters;

    /// <summary>Numbers in a row.</summary>
    public int Inputs => Body.Inputs;

    /// <summary>Customers that are scored together.</summary>
    internal int BlockRows { get; }

    /// <summary>The expected target of one customer. Allocates nothing.</summary>
    public T Predict(ReadOnlySpan<T> row)
    {
        var prediction = default(T);
        Predict(row, new Span<T>(ref prediction));
        return prediction;
    }

    /// <summary>The expected targets of a batch, in the order of its rows. Allocates nothing.</summary>
    public void Predict(ReadOnlySpan<T> rows, Span<T> predictions)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(rows.Length, predictions.Length * Inputs);
        var block = Math.Min(BlockRows, Math.Max(1, predictions.Length));
        var rented = ArrayPool<T>.Shared.Rent((block * Head.Logits) + Body.Memory(block));
        for (var first = 0; first < predictions.Length; first += block)
        {
            var count = Math.Min(block, predictions.Length - first);
            var logits = rented.AsSpan(0, count * Head.Logits);
            var x = rows.Slice(first * Inputs, count * Inputs);
            Body.Forward(parameters, x, logits, rented.AsSpan(block * Head.Logits), new LayerContext(count));
            for (var row = 0; row < count; row++)
            {
                predictions[first + row] = Head.Predict(logits.Slice(row * Head.Logits, Head.Logits));
            }
        }

        ArrayPool<T>.Shared.Return(rented);
    }

    /// <summary>The last layer's numbers of one customer, for what a head knows beyond the expected target.</summary>
    public void Logits(ReadOnlySpan<T> row, Span<T> logits)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(row.Length, Inputs);
        ArgumentOutOfRangeException.ThrowIfNotEqual(logits.Length, Head.Logits);
        var rented = ArrayPool<T>.Shared.Rent(Body.Memory(1));
        Body.Forward(parameters, row, logits, rented, new LayerContext(1));
        ArrayPool<T>.Shared.Return(rented);
    }

    /// <summary>The network as bytes: compact, versioned, and bit for bit.</summary>
    public byte[] ToBytes() => NetworkFormat.Write(this);
}
