using System.Collections.Immutable;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Training.Histories;

namespace ClvOrleans.Training.Validation;

/// <summary>
/// How windows are laid out within a history, the same for learning, choosing and judging: as long as the horizon, or half of the history
/// where that is shorter, the latest ending with the history, each a step before the one after it. What differs between the purposes is
/// stated here.
/// </summary>
public sealed record WindowRule
{
    /// <summary>
    /// Windows that ensembles learn from: many, a quarter of a window apart, since each gives the learners rows of its own; and the
    /// season of the horizon itself, a year ago.
    /// </summary>
    public static WindowRule Learning { get; } = new() { Most = 8, StepsInWindow = 4, LeastStep = 7, PartsBefore = 4, WithYearAgo = true };

    /// <summary>
    /// Windows by which a buy-till-you-die model is chosen: few, half a window apart, since each costs a fit of every candidate; with a
    /// third of the history before the cutoff, without which a family's parameters are not told apart.
    /// </summary>
    public static WindowRule Choosing { get; } = new() { Most = 3, StepsInWindow = 2, LeastStep = 1, PartsBefore = 3 };

    /// <summary>The holdout that a training scores its versions by: none below four weeks, in which chance decides.</summary>
    public static WindowRule Holdout { get; } = new() { LeastDays = 28 };

    /// <summary>The holdout of a backtest where no days are asked for: whoever asks for one gets one, however short.</summary>
    public static WindowRule Backtest { get; } = new();

    /// <summary>How many windows at most. Default 1.</summary>
    public int Most { get; private init; } = 1;

    /// <summary>A window is this part of its length before the one after it. Default 1.</summary>
    public int StepsInWindow { get; private init; } = 1;

    /// <summary>The least number of days between two windows. Default 1.</summary>
    public int LeastStep { get; private init; } = 1;

    /// <summary>
    /// No cutoff lies in the first of so many parts of the history. Default 2: a window is never longer than the other half.
    /// </summary>
    public int PartsBefore { get; private init; } = 2;

    /// <summary>The least length of a window, in days: below it there is none. Default 1.</summary>
    public int LeastDays { get; private init; } = 1;

    /// <summary>
    /// Whether there is a window of the days a year before those to come, where the history reaches back 60 days further.
    /// </summary>
    public bool WithYearAgo { get; private init; }

    /// <summary>The windows, the latest first; none where the history is too short.</summary>
    /// <param name="span">The history's days.</param>
    /// <param name="horizon">How far it is forecast.</param>
    public ImmutableArray<Window> In(HistorySpan span, Horizon horizon)
    {
        const int Year = 365;
        const int LeastBefore = 60;
        var length = Math.Min(horizon.Days, span.Days / 2);
        if (length < LeastDays)
        {
            return [];
        }

        var step = Math.Max(LeastStep, length / StepsInWindow);
        var earliest = span.Begin.AddDays(span.Days / PartsBefore);
        var windows = Enumerable.Range(0, Most).Select(i => Ending(span.End.AddDays(-i * step))).TakeWhile(w => w.Cutoff >= earliest);
        var yearAgo = span.End.AddDays(-Year);
        var hasYearAgo = WithYearAgo && length == horizon.Days && length <= Year && yearAgo >= span.Begin.AddDays(LeastBefore);
        return [.. (hasYearAgo ? windows.Append(new Window(yearAgo, yearAgo.AddDays(length))) : windows).Distinct()];

        Window Ending(DateOnly day) => new(day.AddDays(-length), day);
    }
}
