namespace ClvOrleans.Training.Validation.Metrics;

/// <summary>The interval score of Winkler (1972): the width of a central interval, and a fine for what lies outside it.</summary>
public static class IntervalScore
{
    /// <summary>The score, in the unit of the values: the less the better, least on average for the true interval.</summary>
    /// <param name="lower">Lower end.</param>
    /// <param name="upper">Upper end.</param>
    /// <param name="level">What the interval is to hold, between 0 and 1.</param>
    /// <param name="actual">What came.</param>
    public static double Of(double lower, double upper, double level, double actual) =>
        upper - lower + (2 / (1 - level) * (Math.Max(0, lower - actual) + Math.Max(0, actual - upper)));
}
