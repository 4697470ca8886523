namespace ClvOrleans.Valuation.Estimates;

/// <summary>Where the intervals of a value come from.</summary>
public enum IntervalMethod
{
    /// <summary>The model's own distribution, the level taken as known: too few customers were seen to calibrate another.</summary>
    Model,

    /// <summary>
    /// Conformal prediction: calibrated on what came of customers alike in past windows, times how far the level may be off.
    /// </summary>
    Conformal,
}
