using System.Buffers;
using System.Numerics;
using ClvOrleans.Statistics.Neural.Layers;

namespace ClvOrleans.Statistics.Neural;

/// <summary>
/// A recurrent network that follows one customer: the caller keeps the state and advances it by each event, in O(1). State and prediction
/// are bit for bit those of the whole sequence.
/// </summary>
public sealed class LiveRecurrence<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Network<T> network;
    private readonly Gru<T> gru;
    private readonly int statics;

    /// <summary>Of a network that <see cref="Networks.Recurrent"/> made.</summary>
    /// <exception cref="ArgumentException">The network does not begin with a GRU.</exception>
    public LiveRecurrence(Network<T> network)
    {
        if (network.Body.Layers[0] is not Concatenate<T> { Encoder: Gru<T> first, Passed: var passed })
        {
            throw new ArgumentException("Only a network that begins with a GRU can be followed step by step.", nameof(network));
        }

        (this.network, gru, statics) = (network, first, passed);
    }

    /// <summary>What it follows with.</summary>
    public Network<T> Network => network;

    /// <summary>Numbers in a state; all zeros before the first step.</summary>
    public int StateLength => gru.Hidden;

    /// <summary>Numbers in a step.</summary>
    public int StepLength => gru.Channels;

    /// <summary>Moves the state by one step. Allocates nothing.</summary>
    public void Advance(ReadOnlySpan<T> step, Span<T> state) => gru.Advance(network.Parameters[..gru.Parameters], step, state);

    /// <summary>The expected target at this state with these static features. Allocates nothing.</summary>
    public T Predict(ReadOnlySpan<T> state, ReadOnlySpan<T> features)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(state.Length, StateLength);
        ArgumentOutOfRangeException.ThrowIfNotEqual(features.Length, statics);
        var (width, logits) = (StateLength + statics, network.Head.Logits);
        var rented = ArrayPool<T>.Shared.Rent(width + logits + network.Body.Memory(1));
        state.CopyTo(rented);
        features.CopyTo(rented.AsSpan(StateLength));
        var last = rented.AsSpan(width, logits);
        network.Body.Forward(network.Parameters, rented.AsSpan(0, width), last, rented.AsSpan(width + logits), new LayerContext(1), 1);
        var prediction = network.Head.Predict(last);
        ArrayPool<T>.Shared.Return(rented);
        return prediction;
    }
}
