using System.Numerics;
using ClvOrleans.Statistics.Neural.Layers;
using ClvOrleans.Statistics.Neural.Outputs;

namespace ClvOrleans.Statistics.Neural;

/// <summary>The three shapes in use, untrained, with starting parameters drawn from a seed.</summary>
public static class Networks
{
    /// <summary>
    /// Dense layers with ReLU, as in the article: 64-64-1 by default. A row is <paramref name="inputs"/> features.
    /// </summary>
    public static Network<T> Perceptron<T>(
        int inputs, IOutputLayer<T> head, ulong seed, double dropout = 0, params ReadOnlySpan<int> hidden)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        new(new Sequential<T>([.. Towards(head, inputs, dropout, hidden.IsEmpty ? [64, 64] : hidden)]), head, seed);

    /// <summary>
    /// A 1-D CNN: convolution over weeks, ReLU, maxima over windows of <paramref name="pool"/> weeks, beside the static features, then
    /// dense layers. A row is weeks × channels, oldest week first, and then <paramref name="statics"/> features.
    /// </summary>
    public static Network<T> Convolutional<T>(
        int weeks,
        int channels,
        int statics,
        IOutputLayer<T> head,
        ulong seed,
        int filters = 16,
        int width = 4,
        int pool = 13,
        double dropout = 0,
        params ReadOnlySpan<int> hidden)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var convolution = new Convolution<T>(weeks, channels, filters, width);
        var pooling = new MaxPool<T>(convolution.Positions, filters, Math.Min(pool, convolution.Positions));
        var encoder = new Concatenate<T>(new Sequential<T>(convolution, new Relu<T>(convolution.Outputs), pooling), statics);
        return new(new Sequential<T>([encoder, .. Towards(head, encoder.Outputs, dropout, hidden.IsEmpty ? [32] : hidden)]), head, seed);
    }

    /// <summary>
    /// A GRU beside the static features, then dense layers. A row is the number of filled steps, <paramref name="steps"/> × channels,
    /// oldest first, and then <paramref name="statics"/> features. <see cref="LiveRecurrence{T}"/> advances it by one step.
    /// </summary>
    public static Network<T> Recurrent<T>(
        int steps,
        int channels,
        int statics,
        IOutputLayer<T> head,
        ulong seed,
        int state = 32,
        double dropout = 0,
        params ReadOnlySpan<int> hidden)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var encoder = new Concatenate<T>(new Gru<T>(steps, channels, state), statics);
        return new(new Sequential<T>([encoder, .. Towards(head, encoder.Outputs, dropout, hidden.IsEmpty ? [32] : hidden)]), head, seed);
    }

    /// <summary>Reads a network that <see cref="Network{T}.ToBytes"/> wrote.</summary>
    /// <exception cref="InvalidDataException">The bytes are not such a network, or are damaged; the message says which.</exception>
    public static Network<T> FromBytes<T>(ReadOnlySpan<byte> bytes)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => NetworkFormat.Read<T>(bytes);

    private static List<ILayer<T>> Towards<T>(IOutputLayer<T> head, int inputs, double dropout, ReadOnlySpan<int> hidden)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        List<ILayer<T>> layers = [];
        foreach (var units in hidden)
        {
            layers.Add(new Dense<T>(inputs, units));
            layers.Add(new Relu<T>(units));
            if (dropout > 0)
            {
                layers.Add(new Dropout<T>(units, dropout));
            }

            inputs = units;
        }

        layers.Add(new Dense<T>(inputs, head.Logits));
        return layers;
    }
}
