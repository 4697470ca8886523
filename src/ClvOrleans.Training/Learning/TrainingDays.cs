using System.Collections.Immutable;
using ClvOrleans.Model.Estimates;
using ClvOrleans.Training.Backtests;
using ClvOrleans.Training.Backtests.Models;

namespace ClvOrleans.Training.Learning;

/// <summary>
/// The days as of which a training asks for its customers, known before any is read: those of the windows to learn from, and of the windows
/// that choose among buy-till-you-die models.
/// </summary>
public static class TrainingDays
{
    /// <summary>Days that a champion's fit to a past asks for, in ascending order, the last of them the past's end.</summary>
    /// <param name="first">Day of the past's first purchase.</param>
    /// <param name="end">The past's last day, <paramref name="first"/> at the earliest.</param>
    /// <param name="horizon">How far it forecasts.</param>
    public static ImmutableSortedSet<DateOnly> Of(DateOnly first, DateOnly end, Horizon horizon)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(end, first);
        return
        [
            end,
            .. Window.Of(first, end, horizon).SelectMany(w => (DateOnly[])[w.Cut, w.End]),
            .. WalkForwardChampion.Cuts(first, end, horizon).SelectMany(w => (DateOnly[])[w.Cut, w.End]),
        ];
    }

    /// <summary>Days that the same fit asks for as of a holdout's begin as well, to be judged by the rest of the past.</summary>
    /// <param name="first">Day of the past's first purchase.</param>
    /// <param name="end">The past's last day, <paramref name="first"/> at the earliest.</param>
    /// <param name="horizon">How far it forecasts.</param>
    public static ImmutableSortedSet<DateOnly> WithHoldout(DateOnly first, DateOnly end, Horizon horizon) =>
        Holdout.CutOf(first, end, horizon) is { } cut
            ? Of(first, end, horizon).Union(Of(first, cut, new Horizon(end.DayNumber - cut.DayNumber)))
            : Of(first, end, horizon);
}
