namespace ClvOrleans.Training.Validation;

/// <summary>A part of a history: what was known as of the cutoff, and what came after it.</summary>
/// <param name="Cutoff">The last day that a fit or features see; in a backtest, the end of calibration.</param>
/// <param name="End">The last day of the targets, or of the holdout.</param>
public readonly record struct Window(DateOnly Cutoff, DateOnly End)
{
    /// <summary>Days of targets.</summary>
    public int Days => End.DayNumber - Cutoff.DayNumber;
}
