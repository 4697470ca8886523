using System.Collections.Immutable;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Training.Backtests;

namespace ClvOrleans.Training.Validation;

/// <summary>The days as of which a backtest asks for its customers, known before any is read.</summary>
public static class BacktestDays
{
    private const int MostHoldoutDays = 3_650;

    /// <summary>Days that a backtest asks for, in ascending order, the last of them the holdout's end.</summary>
    /// <param name="first">Day of the first purchase as of the calibration's end.</param>
    /// <param name="calibrationEnd">The last day that models may see.</param>
    /// <param name="holdoutEnd">The last day of the holdout.</param>
    /// <exception cref="BacktestException">The calibration does not end before the holdout, or too long before.</exception>
    public static ImmutableSortedSet<DateOnly> Of(DateOnly first, DateOnly calibrationEnd, DateOnly holdoutEnd)
    {
        var days = holdoutEnd.DayNumber - calibrationEnd.DayNumber;
        if (days is < 1 or > MostHoldoutDays)
        {
            throw new BacktestException(
                $"The calibration ends on {calibrationEnd:yyyy-MM-dd}, which is not 1 to {MostHoldoutDays} days before the holdout's end {holdoutEnd:yyyy-MM-dd}.");
        }

        // The naive rule of the last window looks back as far as the holdout looks ahead.
        var lastWindow = calibrationEnd.DayNumber > days ? calibrationEnd.AddDays(-days) : DateOnly.MinValue;
        return [lastWindow, holdoutEnd, .. first > calibrationEnd ? [calibrationEnd] : TrainingDays.Of(first, calibrationEnd, new Horizon(days))];
    }

    /// <summary>The calibration's end where none is asked for: the holdout has the store's horizon, or half of the time where that is shorter.</summary>
    public static DateOnly CalibrationEnd(DateOnly first, DateOnly holdoutEnd, Horizon horizon) =>
        holdoutEnd.AddDays(-Math.Max(1, Math.Min(horizon.Days, (holdoutEnd.DayNumber - first.DayNumber) / 2)));
}
