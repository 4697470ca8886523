using System.Collections.Immutable;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Training.Forecasts;
using ClvOrleans.Training.Histories;

namespace ClvOrleans.Training.Validation;

/// <summary>
/// A window of a history with its customers: as known at the cutoff, and what they did after it. Learning, choosing, holdouts and
/// backtests all see the past through it.
/// </summary>
internal sealed class PastWindow
{
    private readonly ValueKind _kind;
    private readonly Lazy<ImmutableArray<HoldoutOutcome>> _outcomes;

    private PastWindow(StoreHistory after, StoreHistory before, ValueKind kind)
    {
        (After, _kind, Before) = (after, kind, before);
        _outcomes = new Lazy<ImmutableArray<HoldoutOutcome>>(() => OutcomesOf(before));
    }

    /// <summary>The history as of the cutoff: all that a fit may see.</summary>
    public StoreHistory Before { get; }

    /// <summary>The history as of the window's end.</summary>
    public StoreHistory After { get; }

    /// <summary>How far is forecast.</summary>
    public Horizon Horizon => new(After.End.DayNumber - Before.End.DayNumber);

    /// <summary>What the buyers of <see cref="Before"/> did in the window, in their order.</summary>
    public ImmutableArray<HoldoutOutcome> Outcomes => _outcomes.Value;

    /// <summary>Looks at a history through a window.</summary>
    /// <param name="history">The history.</param>
    /// <param name="window">A window within it.</param>
    /// <param name="kind">Which value counts.</param>
    public static PastWindow Of(StoreHistory history, Window window, ValueKind kind)
    {
        var after = history.End == window.End ? history : history.Until(window.End);
        return new PastWindow(after, after.Until(window.Cutoff), kind);
    }

    /// <summary>What some of the buyers did in the window.</summary>
    /// <param name="some">A part of <see cref="Before"/>.</param>
    public ImmutableArray<HoldoutOutcome> OutcomesOf(StoreHistory some) => After.OutcomesOf(some, _kind);

    /// <summary>The task of a fit that is judged by this window.</summary>
    public ForecastTask TaskOf(ForecastTask task) => task with { Horizon = Horizon };
}
