using System.Buffers;
using System.Numerics;
using System.Numerics.Tensors;

namespace ClvOrleans.Statistics.Neural.Layers;

/// <summary>
/// Gated recurrent unit (Cho et al. 2014, arXiv 1406.1078, in the form that cuDNN computes, with the reset gate after the product):
/// r = σ(x Wr + br + h Ur), z = σ(x Wz + bz + h Uz), n = tanh(x Wn + bn + r ∘ (h Un + c)), h' = n + z ∘ (h - n), h = 0 at the start.
/// A row is the number of steps that are filled, then steps × channels, time-major, oldest first; what follows the filled steps is not
/// read. The output is the last h. Parameters: W, channels × 3 hidden (r, z, n); U, hidden × 3 hidden; b, 3 hidden; c, hidden.
/// </summary>
/// <param name="Steps">Most steps in a row.</param>
/// <param name="Channels">Numbers in a step.</param>
/// <param name="Hidden">Numbers in the state h.</param>
public sealed record Gru<T>(int Steps, int Channels, int Hidden) : ILayer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <inheritdoc />
    public int Inputs => 1 + (Steps * Channels);

    /// <inheritdoc />
    public int Outputs => Hidden;

    /// <inheritdoc />
    public int Parameters => (Gates * (Channels + Hidden + 1)) + Hidden;

    private int Gates => 3 * Hidden;

    private int InputWeights => Channels * Gates;

    private int StateWeights => Hidden * Gates;

    // Of each row: the gates and what the state adds to them at each step, and the states.
    private int Kept => (Steps * 2 * Gates) + ((Steps + 1) * Hidden);

    /// <inheritdoc />
    public int Memory(int rows) => (rows * Kept) + InputWeights + StateWeights + (Steps * 2 * Gates) + Hidden;

    /// <inheritdoc />
    public void Initialise(Span<T> parameters, Span<T> decay, Noise noise)
    {
        Glorot.Fill(parameters[..InputWeights], Channels, Hidden, noise.Part(0));
        Glorot.Fill(parameters.Slice(InputWeights, StateWeights), Hidden, Hidden, noise.Part(1));
        parameters[(InputWeights + StateWeights)..].Clear();
        decay[..(InputWeights + StateWeights)].Fill(T.One);
        decay[(InputWeights + StateWeights)..].Clear();
    }

    /// <summary>
    /// One more step: <paramref name="state"/> (hidden numbers, zeros at first) becomes the state after <paramref name="step"/> (channels
    /// numbers). Bit for bit what the whole sequence gives, at the cost of one step and without allocation.
    /// </summary>
    public void Advance(ReadOnlySpan<T> parameters, ReadOnlySpan<T> step, Span<T> state)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(step.Length, Channels);
        ArgumentOutOfRangeException.ThrowIfNotEqual(state.Length, Hidden);
        var rented = ArrayPool<T>.Shared.Rent(2 * Gates);
        var gates = rented.AsSpan(0, Gates);
        Enter(parameters, step, gates, 1);
        Turn(parameters, state, gates, rented.AsSpan(Gates, Gates), state);
        ArrayPool<T>.Shared.Return(rented);
    }

    /// <inheritdoc />
    public void Forward(ReadOnlySpan<T> parameters, ReadOnlySpan<T> x, Span<T> y, Span<T> memory, LayerContext pass)
    {
        for (var row = 0; row < pass.Rows; row++)
        {
            var steps = Filled(x[row * Inputs]);
            var own = Sections(memory, row);
            Enter(parameters, x.Slice((row * Inputs) + 1, steps * Channels), own.Gates, steps);
            own.States[..Hidden].Clear();
            for (var t = 0; t < steps; t++)
            {
                var at = t * Gates;
                Turn(
                    parameters,
                    own.States.Slice(t * Hidden, Hidden),
                    own.Gates.Slice(at, Gates),
                    own.Pulls.Slice(at, Gates),
                    own.States.Slice((t + 1) * Hidden, Hidden));
            }

            own.States.Slice(steps * Hidden, Hidden).CopyTo(y.Slice(row * Hidden, Hidden));
        }
    }

    /// <summary>
    /// Back through time. With δ = ∂L/∂h': δn = δ (1 - z)(1 - n²), δz = δ (h - n) z (1 - z), δr = δn (h Un + c) r (1 - r);
    /// ∂L/∂h = δ z + (δr, δz, δn r) Uᵀ.
    /// </summary>
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
        var shared = memory[(pass.Rows * Kept)..];
        var inputBack = Take(ref shared, InputWeights);
        var stateBack = Take(ref shared, StateWeights);
        var entered = Take(ref shared, Steps * Gates);
        var turned = Take(ref shared, Steps * Gates);
        var d = Take(ref shared, Hidden);
        Matrix.Transpose(parameters[..InputWeights], inputBack, Channels, Gates);
        Matrix.Transpose(parameters.Slice(InputWeights, StateWeights), stateBack, Hidden, Gates);
        dx.Clear();
        for (var row = 0; row < pass.Rows; row++)
        {
            var steps = Filled(x[row * Inputs]);
            var own = Sections(memory, row);
            dy.Slice(row * Hidden, Hidden).CopyTo(d);
            for (var t = steps - 1; t >= 0; t--)
            {
                var at = t * Gates;
                var back = turned.Slice(at, Gates);
                TurnBack(
                    own.Gates.Slice(at, Gates),
                    own.Pulls.Slice(at, Gates),
                    own.States.Slice(t * Hidden, Hidden),
                    d,
                    entered.Slice(at, Gates),
                    back);
                Matrix.MultiplyAdd(back, Gates, 1, stateBack, d, 1, Gates, Hidden);
            }

            var seen = x.Slice((row * Inputs) + 1, steps * Channels);
            if (!gradient.IsEmpty)
            {
                Matrix.MultiplyAdd(seen, 1, Channels, entered, gradient[..InputWeights], Channels, steps, Gates);
                Matrix.MultiplyAdd(own.States, 1, Hidden, turned, gradient.Slice(InputWeights, StateWeights), Hidden, steps, Gates);
                var bias = gradient.Slice(InputWeights + StateWeights, Gates);
                var stateBias = gradient[(InputWeights + StateWeights + Gates)..];
                for (var t = 0; t < steps; t++)
                {
                    TensorPrimitives.Add(bias, entered.Slice(t * Gates, Gates), bias);
                    TensorPrimitives.Add(stateBias, turned.Slice((t * Gates) + (2 * Hidden), Hidden), stateBias);
                }
            }

            if (!dx.IsEmpty)
            {
                Matrix.MultiplyAdd(
                    entered, Gates, 1, inputBack, dx.Slice((row * Inputs) + 1, steps * Channels), steps, Gates, Channels);
            }
        }
    }

    private static Span<T> Take(ref Span<T> memory, int count)
    {
        var taken = memory[..count];
        memory = memory[count..];
        return taken;
    }

    /// <summary>Sets the gates of all steps to x W + b.</summary>
    private void Enter(ReadOnlySpan<T> parameters, ReadOnlySpan<T> x, Span<T> gates, int steps)
    {
        var bias = parameters.Slice(InputWeights + StateWeights, Gates);
        for (var t = 0; t < steps; t++)
        {
            bias.CopyTo(gates.Slice(t * Gates, Gates));
        }

        Matrix.MultiplyAdd(x, Channels, 1, parameters[..InputWeights], gates, steps, Channels, Gates);
    }

    /// <summary>
    /// One step, on spans of the same length however it is reached, so that its bits are the same. Gates hold x W + b before and
    /// (r, z, n) after; pull gets h U, with c in its last third. <paramref name="next"/> may be <paramref name="state"/>.
    /// </summary>
    private void Turn(ReadOnlySpan<T> parameters, ReadOnlySpan<T> state, Span<T> gates, Span<T> pull, Span<T> next)
    {
        pull[..(2 * Hidden)].Clear();
        parameters.Slice(InputWeights + StateWeights + Gates, Hidden).CopyTo(pull[(2 * Hidden)..]);
        Matrix.MultiplyAdd(state, Hidden, 1, parameters.Slice(InputWeights, StateWeights), pull, 1, Hidden, Gates);
        var both = gates[..(2 * Hidden)];
        TensorPrimitives.Add(both, pull[..(2 * Hidden)], both);
        TensorPrimitives.Sigmoid(both, both);
        var n = gates[(2 * Hidden)..];
        TensorPrimitives.FusedMultiplyAdd(gates[..Hidden], pull[(2 * Hidden)..], n, n);
        TensorPrimitives.Tanh(n, n);
        TensorPrimitives.Subtract(state, n, next);
        TensorPrimitives.FusedMultiplyAdd(next, gates.Slice(Hidden, Hidden), n, next);
    }

    /// <summary>From δ in <paramref name="d"/>, the derivatives by x W + b and by h U + c; leaves δ z there.</summary>
    private void TurnBack(
        ReadOnlySpan<T> gates, ReadOnlySpan<T> pull, ReadOnlySpan<T> state, Span<T> d, Span<T> entered, Span<T> turned)
    {
        for (var i = 0; i < Hidden; i++)
        {
            var (r, z, n) = (gates[i], gates[Hidden + i], gates[(2 * Hidden) + i]);
            var dn = d[i] * (T.One - z) * (T.One - (n * n));
            entered[i] = turned[i] = dn * pull[(2 * Hidden) + i] * r * (T.One - r);
            entered[Hidden + i] = turned[Hidden + i] = d[i] * (state[i] - n) * z * (T.One - z);
            entered[(2 * Hidden) + i] = dn;
            turned[(2 * Hidden) + i] = dn * r;
            d[i] *= z;
        }
    }

    private RowMemory Sections(Span<T> memory, int row)
    {
        var own = memory.Slice(row * Kept, Kept);
        return new RowMemory(own[..(Steps * Gates)], own.Slice(Steps * Gates, Steps * Gates), own[(Steps * 2 * Gates)..]);
    }

    private int Filled(T count) => T.IsInteger(count) && count >= T.Zero && count <= T.CreateTruncating(Steps)
        ? int.CreateTruncating(count)
        : throw new ArgumentException($"A row says that {count} of its {Steps} steps are filled.");

    private readonly ref struct RowMemory(Span<T> gates, Span<T> pulls, Span<T> states)
    {
        public readonly Span<T> Gates = gates;
        public readonly Span<T> Pulls = pulls;
        public readonly Span<T> States = states;
    }
}
