using ClvOrleans.Statistics.Neural;

namespace ClvOrleans.Valuation.Models;

/// <summary>
/// What a recurrent network remembers of one customer between predictions: its state after all steps but the last, which may still grow,
/// and the steps that led there. A cache: predictions with and without it are the same bits. Not safe to call from several threads.
/// </summary>
public sealed class RecurrentTrace
{
    private Network<float>? _network;
    private float[] _state = [];
    private float[] _steps = [];
    private int _length;

    /// <summary>How many steps the last prediction ran: 1 where nothing but the last step was new.</summary>
    public int Ran { get; private set; }

    /// <summary>Writes the state after these steps; where they go on from those remembered, only the new ones are run.</summary>
    /// <param name="live">The network; another one starts anew.</param>
    /// <param name="steps">All steps of the customer, the oldest first.</param>
    /// <param name="state">Room for the state.</param>
    internal void Follow(LiveRecurrence<float> live, ReadOnlySpan<float> steps, Span<float> state)
    {
        var settled = Math.Max(0, steps.Length - live.StepLength);
        if (_network != live.Network || _length > settled || !steps.StartsWith(_steps.AsSpan(0, _length)))
        {
            (_network, _length, _state) = (live.Network, 0, new float[live.StateLength]);
        }

        Ran = (steps.Length - _length) / live.StepLength;
        for (var at = _length; at < settled; at += live.StepLength)
        {
            live.Advance(steps.Slice(at, live.StepLength), _state);
        }

        Remember(steps[..settled]);
        _state.CopyTo(state);
        if (settled < steps.Length)
        {
            live.Advance(steps[settled..], state);
        }
    }

    private void Remember(ReadOnlySpan<float> steps)
    {
        if (_steps.Length < steps.Length)
        {
            Array.Resize(ref _steps, steps.Length);
        }

        steps[_length..].CopyTo(_steps.AsSpan(_length));
        _length = steps.Length;
    }
}
