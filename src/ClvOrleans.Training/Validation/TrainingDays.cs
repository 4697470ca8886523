using System.Collections.Immutable;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Training.Backtests;
using ClvOrleans.Training.Backtests.Models;
using ClvOrleans.Training.Learning;

namespace ClvOrleans.Training.Validation;

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

    /// <summary>Days that a training asks for: a fit up to a day, and one up to <see cref="Holdout.CutOf"/>, to be judged by the rest.</summary>
    /// <param name="first">Day of the first purchase; null where there is none by the end.</param>
    /// <param name="end">The last day.</param>
    /// <param name="horizon">How far the store forecasts.</param>
    public static ImmutableSortedSet<DateOnly> WithHoldout(DateOnly? first, DateOnly end, Horizon horizon) =>
        WithHoldout(first, end, horizon, _ => first);

    /// <summary>
    /// The same for a history that may have been gathered for other days: late refunds and cancellations take purchases out, so that the first
    /// one is another as of another day.
    /// </summary>
    public static ImmutableSortedSet<DateOnly> WithHoldout(StoreHistory history, Horizon horizon)
    {
        var first = FirstOf(history);
        return WithHoldout(first, history.End, horizon, cut => history.Knows(cut) ? FirstOf(history.Until(cut)) : first);
    }

    private static ImmutableSortedSet<DateOnly> WithHoldout(
        DateOnly? first, DateOnly end, Horizon horizon, Func<DateOnly, DateOnly?> firstAsOf)
    {
        if (first is not { } known || known > end)
        {
            return [end];
        }

        var days = Of(known, end, horizon);
        return Holdout.CutOf(known, end, horizon) is not { } cut ? days
            : firstAsOf(cut) is not { } then ? days.Add(cut)
            : days.Union(Of(then, cut, new Horizon(end.DayNumber - cut.DayNumber)));
    }

    private static DateOnly? FirstOf(StoreHistory history) => history.Buyers.IsEmpty ? null : history.FirstPurchase;
}
